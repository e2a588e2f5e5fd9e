import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../sql/quote';
import type { TrinoColumn } from '../../trino/protocol';
import type { ClusterSession } from '../session';
import { castOf, textOf } from './column-types';

const incoming = 'temp.incoming_rows';

/**
 * Streams the rows of a SELECT on the cluster into the temporary table `fresh_rows`, sorted, with the types that fit
 * exactly. One page is in memory at a time.
 */
export async function streamTable(
  session: ClusterSession,
  select: string,
  connection: DuckDBConnection,
): Promise<void> {
  const columns = await session.again(() => receive(session, select, connection));
  const casts = columns.map(({ name, type }, index) => `${castOf(`c${index}`, type)} AS ${quoteIdentifier(name)}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE fresh_rows AS SELECT ${casts.join(', ')} FROM ${incoming} ORDER BY ALL`,
  );
  await connection.run(`DROP TABLE ${incoming}`);
}

async function receive(
  session: ClusterSession,
  select: string,
  connection: DuckDBConnection,
): Promise<readonly TrinoColumn[]> {
  let columns: readonly TrinoColumn[] | null = null;
  for await (const page of session.pages(select)) {
    if (columns === null) {
      ({ columns } = page);
      const declared = columns.map((_, index) => `c${index} VARCHAR`).join(', ');
      await connection.run(`CREATE OR REPLACE TEMP TABLE incoming_rows (${declared})`);
    }
    if (page.rows.length === 0) continue;
    const appender = await connection.createAppender('incoming_rows', 'main', 'temp');
    for (const row of page.rows) {
      for (const [index, { type }] of columns.entries()) {
        const text = textOf(row[index] ?? null, type);
        if (text === null) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
    appender.closeSync();
  }
  if (columns === null) throw new Error('The cluster described no columns.');
  return columns;
}
