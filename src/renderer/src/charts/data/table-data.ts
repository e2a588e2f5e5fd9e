import { kindOf } from '../../../../contract/column-type';
import type { Column } from '../../../../contract/column-type';
import type { Block } from '../../results/rows/block';

/** All rows of a result that is small enough to be drawn. */
export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: number;
  text(row: number, column: number): string | null;
  number(row: number, column: number): number | null;
}

/** Concatenates the blocks of a result. */
export function tableOf(columns: readonly Column[], blocks: readonly Block[]): TableData {
  const places = blocks.flatMap((block) => Array.from({ length: block.rows }, (_, row) => ({ block, row })));
  return {
    columns,
    rows: places.length,
    text: (row, column) => places[row]?.block.text(places[row].row, column) ?? null,
    number: (row, column) => places[row]?.block.number(places[row].row, column) ?? null,
  };
}

/** Values of a column, as numbers. */
export function numbersOf(data: TableData, column: number): (number | null)[] {
  return Array.from({ length: data.rows }, (_, row) => data.number(row, column));
}

/** Whether a numeric column holds shares: none above 1, and not all whole. */
export function isShare(data: TableData, column: number): boolean {
  const type = data.columns[column]?.type ?? '';
  if (kindOf(type) !== 'number' || !/DOUBLE|FLOAT|DECIMAL/.test(type)) return false;
  const values = numbersOf(data, column).flatMap((value) => value ?? []);
  return values.length > 0 && values.every((value) => value >= 0 && value <= 1);
}
