import type { FilterOperator, ResultFilter, ResultSort } from '../../../../contract/result-work';

/** Column commands of a grid that can be arranged; a preview has none. */
export interface ColumnCommands {
  readonly sort: readonly ResultSort[];
  readonly filters: readonly ResultFilter[];
  /** Null removes the column from the sort; `add` keeps the other columns of the sort. */
  readonly setSort: (column: number, descending: boolean | null, add: boolean) => void;
  readonly startFilter: (column: number, operator?: FilterOperator, value?: string) => void;
  readonly showProfile: (column: number) => void;
}
