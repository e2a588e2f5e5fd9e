import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { withoutEnd } from '../sql/sql-comments';
import type { Workspace } from '../workspace';
import type { EventFile } from '../events/event-files';
import { eventPattern } from '../events/event-names';
import type { ModelFile } from './model-file';
import { selectOf } from './models';
import { escapeGlob, quotePath, quoteText } from '../sql/quote';

/** The files that bronze reads. */
export interface BronzeFiles {
  readonly files: readonly EventFile[];
  /** Whether the pattern in the model's SQL matches exactly these. */
  readonly matchesPattern: boolean;
}

/** The SELECT of the bronze view: by its pattern if that matches exactly the right files, otherwise by their names. */
export function bronzeSelect(
  bronze: Pick<ModelFile, 'sql' | 'parameters'>,
  { files, matchesPattern }: BronzeFiles,
  workspace: Workspace,
): string {
  const byPattern = matchesPattern && patternsWorkIn(workspace.folder);
  if (!byPattern) return selectFromFiles(bronze, files, workspace);
  if (!hasOtherKeys(workspace.folder, files)) return selectOf(bronze, workspace);
  return selectByName(quoteText(path.join(escapeGlob(workspace.folder), eventPattern)));
}

/** The SELECT of bronze over exactly these files. */
export function selectFromFiles(
  bronze: Pick<ModelFile, 'sql' | 'parameters'>,
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
 * DuckDB turns every `name=value` in the path of a file into a column, including folders above the workspace: below
 * `/archive/date=2020-01-01` all events would be of that day. Here the day is taken from the file's own folder. Used
 * only when needed, since DuckDB groups by a partition column twice as fast.
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

/** The day from the name of the file's own folder, as text. */
const folderDay = "parse_filename(parse_dirpath(filename, 'system'), 'system')[6:]";

/** Whether DuckDB would find more columns than the day in the paths. It takes a backslash for a separator. */
function hasOtherKeys(folder: string, files: readonly EventFile[]): boolean {
  return folder.includes('=') || files.some(({ path: name }) => /=[^/]*\\[^/]*$/.test(name));
}

/** In patterns DuckDB takes a backslash for a separator on every system. */
function patternsWorkIn(folder: string): boolean {
  return path.sep !== '/' || !folder.includes('\\');
}

function patternMissing(): AppError {
  return new AppError('MODEL_INVALID', `The model bronze_events doesn't read ${eventPattern}.`, {
    action: 'Reinstall Micro Warehouse: one of its files was changed.',
  });
}
