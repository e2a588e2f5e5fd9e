import type { RefreshLogEntry } from '../../../contract/warehouse';
import { formatAmount, formatBytes, formatCount } from '../format/numbers';

/** A refresh in a few words: `Incremental · 1 day changed · read 7 files of 1,096 (380 kB)`. */
export function describeRefresh({ mode, files, bytes, ...entry }: RefreshLogEntry): string {
  if (mode === undefined) return `${formatAmount(files, 'file')} (${formatBytes(bytes)})`;
  if (mode === 'unchanged') return `No changes in ${formatAmount(files, 'file')}`;
  const { daysChanged = 0, filesRead = 0, bytesRead = 0 } = entry;
  const days = mode === 'full' ? 'Full' : `Incremental · ${formatAmount(daysChanged, 'day')} changed`;
  return `${days} · read ${formatAmount(filesRead, 'file')} of ${formatCount(files)} (${formatBytes(bytesRead)})`;
}

/** Suffix for a refresh with failed checks: ` · 2 checks failed`. */
export function failedChecks({ checksFailed = 0 }: RefreshLogEntry): string {
  return checksFailed === 0 ? '' : ` · ${formatAmount(checksFailed, 'check')} failed`;
}
