import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { withoutEnd } from '../sql/sql-comments';
import type { Workspace } from '../workspace';
import type { EventFile } from '../events/event-files';
import { eventPattern } from '../events/event-names';
import type { ModelFile } from './model-file';
import { selectOf } from './models';
import { escapeGlob, quotePath, quoteText } from '../sql/quote';

/** Which files bronze reads. */
export interface BronzeFiles {
  readonly files: readonly EventFile[];
  /** Whether the pattern in the model's SQL matches exactly these. */
  readonly matchesPattern: boolean;
}

/** The SELECT of bronze for the view: by its pattern where that reads the right files, else by their names. */
export function bronzeSelect(
  bronze: Pick<ModelFile, 'sql'>,
  { files, matchesPattern }: BronzeFiles,
  workspace: Workspace,
): string {
  const byPattern = matchesPattern && patternsWorkIn(workspace.folder);
  if (!byPattern) return selectFromFiles(bronze, files, workspace);
  if (!hasOtherKeys(workspace.folder, files)) return selectOf(bronze, workspace);
  return selectByName(quoteText(path.join(escapeGlob(workspace.folder), eventPattern)));
}

/** The SELECT of bronze where exactly these files are read. */
export function selectFromFiles(
  bronze: Pick<ModelFile, 'sql'>,
  files: readonly EventFile[],
  workspace: Workspace,
): string {
  const paths = files.map((file) => quotePath(path.join(workspace.folder, file.path)));
  const list = `[\n${paths.join(',\n')}]`;
  if (hasOtherKeys(workspace.folder, files)) return selectByName(list);
  const sql = withoutEnd(bronze.sql);
  if (!sql.includes(quoteText(eventPattern))) throw patternMissing();
  return sql.replace(quoteText(eventPattern), () => list);
}

/**
 * DuckDB takes every `name=value` on the way to a file for a column of it, those above the workspace too: below
 * `/archive/date=2020-01-01` all events would be of that day. Here the day is that of the file's own folder. Only where
 * it is needed, since DuckDB groups by a partition's column in half the time.
 */
function selectByName(source: string): string {
  return `SELECT
  * NOT ILIKE 'date',
  TRY_CAST(${folderDay} AS DATE) AS date
FROM read_parquet(
  ${source},
  hive_partitioning = false,
  filename = true
)
-- Files in folders of days that do not exist, such as date=2025-02-30, are not opened.
WHERE TRY_CAST(${folderDay} AS DATE) >= DATE '0001-01-01'`;
}

/** The day in the name of a file's own folder, as text. */
const folderDay = "parse_filename(parse_dirpath(filename, 'system'), 'system')[6:]";

/** Whether DuckDB would find more columns in the paths than the day. It takes a backslash for the end of a folder. */
function hasOtherKeys(folder: string, files: readonly EventFile[]): boolean {
  return folder.includes('=') || files.some(({ path: name }) => /=[^/]*\\[^/]*$/.test(name));
}

/** In patterns DuckDB takes a backslash for the end of a folder's name, on every system. */
function patternsWorkIn(folder: string): boolean {
  return path.sep !== '/' || !folder.includes('\\');
}

function patternMissing(): AppError {
  return new AppError('MODEL_INVALID', `The model bronze_events doesn't read ${eventPattern}.`, {
    action: 'Reinstall Micro Warehouse: one of its files was changed.',
  });
}
