import type { DuckDBConnection } from '@duckdb/node-api';
import { storedName } from '../../results/result-table';
import { quoteIdentifier } from '../../sql/quote';
import type { TrinoColumn } from '../../trino/protocol';
import { RowsTable } from '../rows/rows-table';
import { unexpectedRecords, type ClusterSession } from '../session';

const incoming = 'incoming_rows';

/**
 * Streams the rows of a SELECT on the cluster into the temporary table `fresh_rows`, sorted, with the types of the
 * cluster. One page is in memory at a time.
 */
export async function streamTable(
  session: ClusterSession,
  select: string,
  connection: DuckDBConnection,
): Promise<void> {
  const columns = await session.again(() => receive(session, select, connection));
  const named = columns.map(({ name }, index) => `${storedName(index)} AS ${quoteIdentifier(name)}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE fresh_rows AS SELECT ${named.join(', ')} FROM temp.${incoming} ORDER BY ALL`,
  );
  await connection.run(`DROP TABLE temp.${incoming}`);
}

async function receive(
  session: ClusterSession,
  select: string,
  connection: DuckDBConnection,
): Promise<readonly TrinoColumn[]> {
  await connection.run(`DROP TABLE IF EXISTS temp.${incoming}`);
  let columns: readonly TrinoColumn[] = [];
  let table: RowsTable | null = null;
  for await (const page of session.pages(select)) {
    if (table === null) {
      columns = page.columns;
      table = new RowsTable(incoming, columns);
      await table.create(connection);
    }
    await table.append(page.rows, connection);
  }
  if (table === null) throw unexpectedRecords('The cluster described no columns of a table.');
  return columns;
}
