import {
  Bool,
  DateDay,
  Float64,
  Int64,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readBlock } from './arrow-block';

function blockOf(columns: Record<string, Vector>) {
  return readBlock(tableToIPC(new Table(columns), 'stream'));
}

/** Arrow takes timestamps in milliseconds; the microseconds are put in afterwards. */
function timestamps(micros: (bigint | null)[]): Vector {
  const vector = vectorFromArray(
    micros.map((value) => (value === null ? null : 0)),
    new TimestampMicrosecond(),
  );
  const raw: BigInt64Array | undefined = vector.data[0]?.values;
  micros.forEach((value, row) => {
    if (raw && value !== null) raw[row] = value;
  });
  return vector;
}

describe('readBlock', () => {
  it("keeps what a number can't hold", () => {
    const block = blockOf({
      id: vectorFromArray([9_007_199_254_740_993n, null], new Int64()),
      at: timestamps([1_735_689_600_000_001n, null]),
    });
    expect(block.rows).toBe(2);
    expect(block.text(0, 0)).toBe('9007199254740993');
    expect(block.text(0, 1)).toBe('2025-01-01 00:00:00.000001');
    expect([block.text(1, 0), block.text(1, 1)]).toEqual([null, null]);
  });

  it('writes each type as DuckDB does, and tells NULL from empty', () => {
    const block = blockOf({
      day: vectorFromArray([new Date(Date.UTC(2024, 1, 29))], new DateDay()),
      real: vectorFromArray(['0.1'], new Utf8()),
      ratio: vectorFromArray([3], new Float64()),
      yes: vectorFromArray([true], new Bool()),
      empty: vectorFromArray([''], new Utf8()),
      amount: vectorFromArray(['1.50'], new Utf8()),
    });
    const texts = Array.from({ length: 6 }, (_, column) => block.text(0, column));
    expect(texts).toEqual(['2024-02-29', '0.1', '3.0', 'true', '', '1.50']);
  });

  it('gives numbers for charts', () => {
    const block = blockOf({
      at: timestamps([1_500n]),
      day: vectorFromArray([new Date(86_400_000)], new DateDay()),
      amount: vectorFromArray(['1.50'], new Utf8()),
      word: vectorFromArray(['many'], new Utf8()),
    });
    expect(Array.from({ length: 4 }, (_, column) => block.number(0, column))).toEqual([1.5, 86_400_000, 1.5, null]);
  });

  it('reads through several record batches', () => {
    const one = new Table({ n: vectorFromArray([1n, 2n], new Int64()) });
    const two = new Table({ n: vectorFromArray([3n], new Int64()) });
    const block = readBlock(tableToIPC(one.concat(two), 'stream'));
    expect([0, 1, 2].map((row) => block.text(row, 0))).toEqual(['1', '2', '3']);
    expect(() => block.text(3, 0)).toThrow(RangeError);
  });
});
