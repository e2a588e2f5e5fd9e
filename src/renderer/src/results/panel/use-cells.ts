import type { FilterOperator, ResultFilter } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import { useMainAction, useWarehouseAction } from '../../client/queries';
import type { ResultCell } from '../grid/grid-row';
import type { SelectedArea } from '../grid/result-grid';

type CopyRequest = Omit<Parameters<WarehouseClient['results']['copy']>[0], 'resultId'>;

/** Copies cells of a result, or any text. */
export function useCopy(client: WarehouseClient, resultId: string) {
  const { run, error } = useMainAction<CopyRequest>(async (main, request) => {
    const isSingle = request.columns.length === 1 && request.firstRow === request.lastRow;
    // A single cell is copied as it is, without the quotes of a table field.
    const text =
      request.header || request.format === 'json' || !isSingle
        ? await client.results.copy({ resultId, ...request })
        : (await client.results.cell({ resultId, row: request.firstRow, column: request.columns[0] ?? 0 })).text;
    await main.exports.copyText({ text: text ?? '' });
  });
  const plain = useMainAction<string>((main, text) => main.exports.copyText({ text }));
  return { run, error, copyText: (text: string) => plain.run(text) };
}

/** A single cell is copied as it is; a selection of several includes the column names. */
export function areaToCopy(area: SelectedArea) {
  const { firstRow, lastRow, columns } = area;
  return { firstRow, lastRow, columns: [...columns], header: isSeveral(area) };
}

/** Whether an area has more than one cell. */
export function isSeveral({ firstRow, lastRow, columns }: SelectedArea): boolean {
  return lastRow > firstRow || columns.length > 1;
}

/** A cell, and whether its value is kept or left out. */
interface CellFilter extends ResultCell {
  readonly operator: Extract<FilterOperator, 'equals' | 'is not'>;
}

/** Makes a filter of the value of a cell. */
export function useCellFilter(resultId: string, onFilter: (filter: ResultFilter) => void) {
  return useWarehouseAction<CellFilter>(async (client, { row, column, operator }) => {
    const { text } = await client.results.cell({ resultId, row, column });
    const forNull = operator === 'equals' ? ('is null' as const) : ('is not null' as const);
    onFilter({ column, operator: text === null ? forNull : operator, value: text ?? '' });
  });
}
