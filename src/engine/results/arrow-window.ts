import {
  DuckDBDateValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import * as arrow from 'apache-arrow';

/** Runs `sql` and returns its rows as an Arrow IPC stream; columns are named by position, since names may repeat. */
export async function readArrow(
  sql: string,
  connection: DuckDBConnection,
): Promise<{ stream: Uint8Array; rows: number }> {
  const result = await connection.runAndReadAll(sql);
  const columns = result.getColumns();
  const vectors = result.columnTypes().map((type, index) => arrowVector(type, columns[index] ?? []));
  const table = new arrow.Table(Object.fromEntries(vectors.map((vector, index) => [String(index), vector])));
  return { stream: arrow.tableToIPC(table, 'stream'), rows: result.currentRowCount };
}

/**
 * Dates and timestamps are built as integers and then get their type: Arrow's own builders take milliseconds as a
 * number, which loses microseconds.
 */
function arrowVector({ typeId }: DuckDBType, values: readonly DuckDBValue[]): arrow.Vector {
  if (typeId === DuckDBTypeId.DATE) {
    const days = values.map((value) => (value instanceof DuckDBDateValue ? value.days : null));
    const raw = arrow.vectorFromArray(days, new arrow.Int32());
    return arrow.makeVector(arrow.makeData({ type: new arrow.DateDay(), ...buffersOf(raw) }));
  }
  if (typeId === DuckDBTypeId.TIMESTAMP) {
    const micros = values.map((value) => (value instanceof DuckDBTimestampValue ? value.micros : null));
    const raw = arrow.vectorFromArray(micros, new arrow.Int64());
    return arrow.makeVector(arrow.makeData({ type: new arrow.TimestampMicrosecond(), ...buffersOf(raw) }));
  }
  return arrow.vectorFromArray(values, plainType(typeId));
}

function buffersOf(vector: arrow.Vector) {
  const [data] = vector.data;
  return { length: vector.length, nullCount: vector.nullCount, nullBitmap: data?.nullBitmap, data: data?.values };
}

function plainType(typeId: DuckDBTypeId): arrow.DataType {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return new arrow.Bool();
    case DuckDBTypeId.TINYINT:
      return new arrow.Int8();
    case DuckDBTypeId.SMALLINT:
      return new arrow.Int16();
    case DuckDBTypeId.INTEGER:
      return new arrow.Int32();
    case DuckDBTypeId.BIGINT:
      return new arrow.Int64();
    case DuckDBTypeId.UTINYINT:
      return new arrow.Uint8();
    case DuckDBTypeId.USMALLINT:
      return new arrow.Uint16();
    case DuckDBTypeId.UINTEGER:
      return new arrow.Uint32();
    case DuckDBTypeId.UBIGINT:
      return new arrow.Uint64();
    case DuckDBTypeId.DOUBLE:
      return new arrow.Float64();
    default:
      return new arrow.Utf8();
  }
}
