import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { DuckDBInstance, StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { sqlTokens } from '../../contract/sql-text';
import { makeFolder } from '../folder';
import type { Database } from '../warehouse/database';
import { quoteIdentifier, quoteText } from '../warehouse/sql-text';
import { withoutEnd } from './sql-comments';
import type { BoundValues } from './parameters';
import { readInto } from './read';
import { notAllowed, sqlError } from './sql-error';

/**
 * Runs `COPY ... TO` so that it can write to `exports/` and nowhere else. DuckDB does not tell reading a folder from
 * writing to it, and does not say where a COPY goes before it has gone there. So it is run in two halves, each where it
 * can do no harm whatever its text says: the source as a read-only query, kept in a file of its own; then the rest by
 * another DuckDB, which knows no table but that one and may touch no folder but `exports/`.
 * @returns the rows written
 */
export async function copyOut(
  sql: string,
  table: string,
  values: BoundValues,
  { connection, database, signal }: { connection: DuckDBConnection; database: Database; signal: AbortSignal },
): Promise<number> {
  const { source, target } = splitCopy(withoutEnd(sql));
  const carrier = `${database.workspace.database}.copy-${randomUUID()}`;
  await readInto(table, source, values, connection);
  try {
    await connection.run(`ATTACH ${quoteText(carrier)} AS carrier`);
    try {
      await connection.run(`CREATE TABLE carrier.result AS FROM temp.${quoteIdentifier(table)}`);
    } finally {
      await connection.run('DETACH carrier');
    }
    await connection.run(`DROP TABLE temp.${quoteIdentifier(table)}`);
    return await writeTarget(target, carrier, database, signal);
  } catch (error) {
    throw sqlError(error, target, database.workspace.exportsFolder);
  } finally {
    await rm(carrier, { force: true });
    await rm(`${carrier}.wal`, { force: true });
  }
}

/** Runs `COPY ... <target>` in a DuckDB that has the rows and may write to `exports/` only. */
async function writeTarget(target: string, carrier: string, database: Database, signal: AbortSignal): Promise<number> {
  const { exportsFolder, folder } = database.workspace;
  await makeFolder(exportsFolder);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const interrupt = setInterval(() => signal.aborted && connection.interrupt(), 20);
  try {
    for (const setting of [
      `ATTACH ${quoteText(carrier)} AS carrier (READ_ONLY)`,
      'SET autoload_known_extensions = false',
      `SET temp_directory = ${quoteText(`${folder}/micro_warehouse.duckdb.tmp`)}`,
      `SET allowed_directories = [${quoteText(`${exportsFolder}/`)}]`,
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ])
      await connection.run(setting);
    const prepared = await connection.prepare(`COPY carrier.result ${target}`);
    if (prepared.statementType !== StatementType.COPY) throw notAllowed('It is not a COPY to a file.');
    return (await prepared.run()).rowsChanged;
  } finally {
    clearInterval(interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

/** Parts `COPY <source> TO ...`; a wrong guess fails in one half or the other, it permits nothing. */
function splitCopy(sql: string): { source: string; target: string } {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  let depth = 0;
  for (const { kind, from } of tokens) {
    const text = sql.slice(from, from + 2);
    if (kind === 'symbol' && text.startsWith('(')) depth += 1;
    else if (kind === 'symbol' && text.startsWith(')')) depth -= 1;
    else if (depth === 0 && kind === 'word' && /^TO\b/i.test(sql.slice(from, from + 3))) {
      const start = tokens[1]?.from ?? 0;
      return { source: asQuery(sql.slice(start, from).trim()), target: sql.slice(from) };
    }
  }
  throw new AppError('SQL_READ_ONLY', 'COPY may write a file here, not read one.', {
    action: "Use INSERT INTO a_table FROM 'file.csv' to read a file of the workspace into a table.",
  });
}

/** `(query)`, `name` or `name (columns)`. */
function asQuery(source: string): string {
  if (source.startsWith('(')) return `FROM ${source}`;
  const columns = /\(([^]*)\)$/.exec(source);
  return columns ? `SELECT ${columns[1]} FROM ${source.slice(0, columns.index)}` : `FROM ${source}`;
}
