import type { DuckDBConnection } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import { refuseHostileObjects } from '../database/hostile-objects';
import { findForeignTable, recordTables } from '../database/schema';
import { leadingTokens } from '../statements/statement-kind';

type Refusal = (reason: string) => AppError;

/** More than there can be before the name of an object and the query that fills it. */
const mostTokens = 20;
/** Words that may come before the kind of an object. */
const modifiers: ReadonlySet<string> = new Set(['OR', 'REPLACE', 'PERSISTENT', 'TEMP', 'TEMPORARY', 'LOCAL']);

/** Refuses a statement on secrets, by its first words: they belong to the process, not to the warehouse. */
export function refuseSecrets(sql: string, refusal: Refusal): void {
  const [keyword = '', ...rest] = leadingTokens(sql, mostTokens).map((token) => token.toUpperCase());
  const kind = rest.find((word) => !modifiers.has(word));
  if (kind === 'SECRET' && ['CREATE', 'DROP'].includes(keyword)) {
    throw refusal('Secrets affect more than the warehouse.');
  }
}

/**
 * Refuses a statement that DuckDB splits, and which therefore can't be rolled back, if it creates or alters a table of
 * records.
 */
export function refuseSplitOnRecords(sql: string, refusal: Refusal): void {
  const [keyword = '', ...rest] = leadingTokens(sql, mostTokens);
  if (!['CREATE', 'ALTER'].includes(keyword.toUpperCase())) return;
  const query = rest.findIndex((token) => token.toUpperCase() === 'AS');
  const names = (query < 0 ? rest : rest.slice(0, query)).map((token) => token.replaceAll('"', '').toLowerCase());
  const record = names.find((name) => recordTables.has(name));
  if (record !== undefined) throw refusal(`${record} is a table of the warehouse’s own records.`);
}

/**
 * Checks the catalog after a statement that has changed it, in the same transaction: the next start would refuse a file
 * with such objects.
 */
export async function refuseUnusableCatalog(connection: DuckDBConnection, refusal: Refusal): Promise<void> {
  await refuseHostileObjects(connection, refusal);
  const problem = await findForeignTable(connection);
  if (problem !== null) throw refusal(`The warehouse couldn't keep its own records any more. ${problem}`);
}
