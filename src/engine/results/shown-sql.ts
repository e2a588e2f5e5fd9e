import { quoteIdentifier } from '../sql/quote';
import { distinctNames } from '../sql/column-names';
import type { ResultTable, RowSource } from './result-table';

/**
 * The rows in SQL that is shown to the user: the statement of the result goes by the name `result` there, its columns
 * by their own names. Where these can't tell the columns apart, they get others in the FROM clause.
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
