import { msPerDay } from '../../../../contract/calendar';
import { DataType, tableFromIPC, type RecordBatch, type Vector } from 'apache-arrow';
import type { Block } from './block';
import { formatDouble } from './number-text';
import { formatDate, formatTimestamp } from './temporal-text';

/** Values of one column of a record batch, by row of the batch. */
interface CellReader {
  text(row: number): string | null;
  number(row: number): number | null;
}

/** Decodes a window of a result from the warehouse process into cells for display. */
export function readBlock(stream: Uint8Array): Block {
  const batches = tableFromIPC(stream).batches.map((batch) => ({
    rows: batch.numRows,
    column: memoize((column) => makeReader(batch, column)),
  }));
  const reader = (row: number, column: number): [CellReader, number] => {
    let rest = row;
    for (const batch of batches) {
      if (rest < batch.rows) return [batch.column(column), rest];
      rest -= batch.rows;
    }
    throw new RangeError(`Row ${row} lies beyond its block.`);
  };
  return {
    rows: batches.reduce((rows, batch) => rows + batch.rows, 0),
    text(row, column) {
      const [cells, index] = reader(row, column);
      return cells.text(index);
    },
    number(row, column) {
      const [cells, index] = reader(row, column);
      return cells.number(index);
    },
  };
}

function memoize<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function makeReader(batch: RecordBatch, column: number): CellReader {
  const vector = batch.getChildAt(column);
  if (!vector) throw new RangeError(`There is no column ${column}.`);
  const raw: unknown = vector.data[0]?.values;
  // Arrow's own getters return dates and timestamps as a number of milliseconds, which loses microseconds.
  if (DataType.isTimestamp(vector.type) && raw instanceof BigInt64Array) return timestampReader(vector, raw);
  if (DataType.isDate(vector.type) && raw instanceof Int32Array) return dateReader(vector, raw);
  if (DataType.isFloat(vector.type)) return plainReader(vector, formatDouble);
  return plainReader(vector, String);
}

function timestampReader(vector: Vector, micros: BigInt64Array): CellReader {
  const at = (row: number) => (vector.isValid(row) ? micros[row] : undefined);
  return {
    text(row) {
      const value = at(row);
      return value === undefined ? null : formatTimestamp(value);
    },
    number(row) {
      const value = at(row);
      return value === undefined ? null : Number(value) / 1000;
    },
  };
}

function dateReader(vector: Vector, days: Int32Array): CellReader {
  const at = (row: number) => (vector.isValid(row) ? days[row] : undefined);
  return {
    text(row) {
      const value = at(row);
      return value === undefined ? null : formatDate(value);
    },
    number(row) {
      const value = at(row);
      return value === undefined ? null : value * msPerDay;
    },
  };
}

function plainReader<T>(vector: Vector, format: (value: T) => string): CellReader {
  const at = (row: number): T | null => vector.get(row);
  return {
    text(row) {
      const value = at(row);
      return value === null ? null : format(value);
    },
    number(row) {
      const value = at(row);
      const number = value === null ? Number.NaN : Number(value);
      return Number.isNaN(number) ? null : number;
    },
  };
}
