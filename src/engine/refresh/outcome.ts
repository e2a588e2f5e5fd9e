import { sum } from '../../contract/sum';
import { bronze, silver } from '../../contract/relations';
import type { WaterfallStep } from '../../contract/refresh-summary';
import type { RefreshLogEntry } from '../../contract/warehouse';
import type { BuildLedger } from './build-ledger';
import type { DayFacts } from '../records/day-facts';
import type { RefreshInput, RefreshTask } from './input';
import { waterfallOf } from './waterfall';

/** The result of a refresh, except its end time. */
export type RefreshOutcome = Pick<
  RefreshLogEntry,
  | 'mode'
  | 'modelRows'
  | 'daysChanged'
  | 'layerRows'
  | 'filesRead'
  | 'bytesRead'
  | 'exports'
  | 'notices'
  | 'leftOutFiles'
  | 'facts'
> & { readonly checksPassed: number; readonly checksFailed: number; readonly waterfall: WaterfallStep[] };

/** The figures of a refresh once its models are built. @param daysRead days whose files were read */
export function figuresOf(
  { modelSet, checks }: RefreshTask,
  { full, changedDays, leftOut, files }: RefreshInput,
  ledger: BuildLedger,
  facts: readonly DayFacts[],
  daysRead: readonly string[],
): Omit<RefreshOutcome, 'exports' | 'checksPassed' | 'checksFailed' | 'facts'> {
  const gold = sum(modelSet.models.filter(({ layer }) => layer === 'gold').map(({ name }) => ledger.rowsOf(name)));
  const read = new Set([...daysRead, ...changedDays]);
  const filesRead = files.filter(({ date }) => read.has(date));
  return {
    mode: full ? 'full' : 'incremental',
    modelRows: Object.fromEntries(ledger.models.map(({ name, rows }) => [name, rows])),
    daysChanged: changedDays.length,
    layerRows: { bronze: ledger.rowsOf(bronze), silver: ledger.rowsOf(silver), gold },
    filesRead: filesRead.length,
    bytesRead: sum(filesRead.map(({ bytes }) => bytes)),
    leftOutFiles: [...leftOut],
    notices: ledger.models.flatMap(({ problem }) => problem?.message ?? []),
    waterfall: waterfallOf(facts, checks, gold),
  };
}
