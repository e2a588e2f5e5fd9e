import type { ResultTable } from './result-table';

/**
 * What stands behind FROM in SQL that is shown to the user: the statement of the result goes by the name `result`
 * there, as `t` like in {@link rowsOf}.
 */
export function shownRows({ arranged }: ResultTable): string {
  return arranged?.condition ? `(SELECT * FROM result t WHERE ${arranged.condition}) t` : 'result t';
}
