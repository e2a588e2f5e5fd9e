import type { RefreshLogEntry } from '../../../contract/warehouse';
import type { Formats } from '../format/formats';

/** A refresh in a few words: `Incremental · 1 day changed · read 7 files of 1,096 (380 kB)`. */
export function describeRefresh({ mode, files, bytes, ...entry }: RefreshLogEntry, formats: Formats): string {
  if (mode === undefined) return `${formats.amount(files, 'file')} (${formats.bytes(bytes)})`;
  if (mode === 'unchanged') return `No changes in ${formats.amount(files, 'file')}`;
  const { daysChanged = 0, filesRead = 0, bytesRead = 0 } = entry;
  const days = mode === 'full' ? 'Full' : `Incremental · ${formats.amount(daysChanged, 'day')} changed`;
  return `${days} · read ${formats.amount(filesRead, 'file')} of ${formats.count(files)} (${formats.bytes(bytesRead)})`;
}

/** Suffix for a refresh with failed checks: ` · 2 checks failed`. */
export function failedChecks({ checksFailed = 0 }: RefreshLogEntry, formats: Formats): string {
  return checksFailed === 0 ? '' : ` · ${formats.amount(checksFailed, 'check')} failed`;
}
