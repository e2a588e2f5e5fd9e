import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { AppError } from '../../contract/app-error';
import { findOutsideLink } from '../fs/outside-links';
import { readRow, readRows } from '../sql/read-rows';
import { listingTableFunctions } from './known-functions';

/*
 * DuckDB checks a pattern as written, before it expands it, and it follows links in the parts with wildcards: `link*` +
 * `/*` in `glob` lists the names in a folder outside. Reading such a file is checked again and refused, so only
 * functions that don't open each file list them.
 */

const settingSchema = z.object({ folders: z.array(z.string()) });

/**
 * Refuses functions that list files if they could list files outside: if a link in the folders that DuckDB may read
 * leads to another folder. Patterns aren't compared, since any expression can make one.
 * @param called names of the table functions in a plan, in lower case
 */
export async function refuseListing(
  called: ReadonlySet<string>,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<void> {
  const used = listingTableFunctions.find((name) => called.has(name));
  if (used === undefined) return;
  const sql = "SELECT system.main.current_setting('allowed_directories') AS folders";
  const { folders } = await readRow(connection, sql, settingSchema);
  const link = await findOutsideLink(folders);
  if (link === null) return;
  throw refusal(
    link === 'unknown'
      ? `${used} could list files outside the workspace: it has too many files, or a folder that can't be read, to make sure that no link leads out of it.`
      : `${used} could list files outside the workspace, since ${link.path} is a link to a folder there. Remove the link first.`,
  );
}

/** Any mention of such a function, or of `query`, whose text could be assembled from parts. */
const mention = new RegExp(`(?:${[...listingTableFunctions, 'query'].join('|')})`, 'i');
const textSchema = z.object({ text: z.string().nullable() });

/** {@link refuseListing} for a statement without a plan: every view and macro counts as called. */
export async function refuseUnplannedListing(
  sql: string,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<void> {
  const objects = await readRows(
    connection,
    `SELECT sql AS text FROM system.main.duckdb_views() WHERE NOT internal
     UNION ALL SELECT macro_definition FROM system.main.duckdb_functions() WHERE NOT internal`,
    textSchema,
  );
  if (![sql, ...objects.map(({ text }) => text ?? '')].some((text) => mention.test(text))) return;
  await refuseListing(new Set(listingTableFunctions), connection, refusal);
}
