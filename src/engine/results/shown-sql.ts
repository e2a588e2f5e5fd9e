import { quoteIdentifier } from '../sql/quote';
import { distinctNames } from '../sql/column-names';
import type { ResultTable, RowSource } from './result-table';

/**
 * The rows in SQL that the user sees: the statement is named `result` and the columns have their own names, or other
 * ones from the FROM clause if their own are ambiguous.
 */
export function shownRows({ columns, arranged }: Pick<ResultTable, 'columns' | 'arranged'>): RowSource {
  const given = columns.map(({ name }) => name);
  const names = distinctNames(given);
  const renamed = names.some((name, index) => name !== given[index]);
  const source: RowSource = {
    from: renamed ? `result t(${names.map(quoteIdentifier).join(', ')})` : 'result t',
    position: 'row_number() OVER () - 1',
    column: (index) => `t.${quoteIdentifier(names[index] ?? '')}`,
  };
  if (!arranged?.condition) return source;
  return { ...source, from: `(SELECT * FROM ${source.from} WHERE ${arranged.condition(source)}) t` };
}
