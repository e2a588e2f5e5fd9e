import type { FilterOperator, ResultFilter, ResultSort } from '../../../../contract/result-work';

/** What a grid whose result can be arranged offers for each column; a mere preview has none of it. */
export interface ColumnCommands {
  readonly sort: readonly ResultSort[];
  readonly filters: readonly ResultFilter[];
  /** Null takes the column out of the order; `add` keeps the columns that it is sorted by already. */
  readonly setSort: (column: number, descending: boolean | null, add: boolean) => void;
  readonly startFilter: (column: number, operator?: FilterOperator, value?: string) => void;
  readonly showProfile: (column: number) => void;
}
