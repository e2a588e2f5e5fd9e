import { placed } from '../cluster/placed';
import { useModels } from '../client/queries';
import { useShowRows } from '../console/use-show-rows';
import { rowsBehindSql, type PeriodDays } from './rows-behind';

/** The rows behind a point of a metric, as {@link rowsBehindSql} takes them. */
export interface RowsBehind {
  /** The model with the rows. */
  readonly source: string;
  /** Null for all days. */
  readonly days: PeriodDays | null;
  readonly conditions: readonly string[];
}

/** Shows the rows behind a point of a metric in a tab of the console. */
export function useShowRowsBehind(): (rows: RowsBehind, name: string) => void {
  const models = useModels().data ?? [];
  const showRows = useShowRows();
  return ({ source, days, conditions }, name) =>
    showRows(placed({ sql: rowsBehindSql(source, days, conditions) }, [source], models), name);
}
