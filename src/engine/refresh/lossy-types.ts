import path from 'node:path';
import { z } from 'zod';
import type { EventFile } from '../events/event-files';
import type { SchemaMismatch } from './schema-mismatch';
import { readRows } from '../sql/read-rows';
import type { RefreshInput, RefreshTask } from './input';
import { quotePath } from '../sql/quote';

/** Files whose values DuckDB would silently round to the type of a column in the others. */
export class LossyFiles extends Error {
  constructor(readonly mismatches: readonly SchemaMismatch[]) {
    super('Values of some files would be rounded.');
  }
}

/** Number of files of the last refresh that new ones are compared with. */
const comparedFiles = 16;

/** A column with one type, and the files that have it. */
interface TypedColumn {
  readonly name: string;
  readonly type: string;
  readonly files: readonly string[];
}

/** Types of one class can be read as one another, or DuckDB reports an error. */
function classOf(type: string): 'whole' | 'fraction' | 'day' | 'instant' | null {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return 'whole';
  if (/^(FLOAT|DOUBLE|DECIMAL\(\d+,[1-9]\d*\))$/.test(type)) return 'fraction';
  if (type === 'DATE') return 'day';
  return type.startsWith('TIMESTAMP') ? 'instant' : null;
}

const lossy: ReadonlySet<string> = new Set(['whole fraction', 'fraction whole', 'day instant', 'instant day']);

/**
 * DuckDB takes the types of columns from the first file that it reads, and rounds the values of other files: a user 7.5
 * becomes 8.
 * @throws LossyFiles if new files differ from the others in that way
 */
export async function refuseLossyFiles(
  { files, newFiles, full }: Pick<RefreshInput, 'files' | 'newFiles' | 'full'>,
  task: RefreshTask,
): Promise<void> {
  const newPaths = new Set((full ? files : newFiles).map((file) => file.path));
  const looked = files.filter((file) => newPaths.has(file.path));
  const known = files.filter((file) => !newPaths.has(file.path)).slice(-comparedFiles);
  if (looked.length === 0) return;
  const columns = await readTypes([...looked, ...known], task);
  // Nearly always each column has one type.
  if (new Set(columns.map(({ name }) => name)).size === columns.length) return;
  const absolute = (file: EventFile) => path.join(task.workspace.folder, file.path);
  const deciding = new Set((known.length > 0 ? known : looked).map(absolute));
  const mismatches = looked.flatMap((file): SchemaMismatch[] => {
    const difference = oddityOf(absolute(file), columns, deciding);
    return difference === null ? [] : [{ path: file.path, difference }];
  });
  if (mismatches.length > 0) throw new LossyFiles(mismatches);
}

function readTypes(files: readonly EventFile[], { workspace, connection }: RefreshTask): Promise<TypedColumn[]> {
  const list = files.map((file) => quotePath(path.join(workspace.folder, file.path))).join(', ');
  return readRows(
    connection,
    `SELECT name, duckdb_type AS type, list(file_name) AS files FROM parquet_schema([${list}])
     WHERE coalesce(num_children, 0) = 0 AND duckdb_type IS NOT NULL GROUP BY ALL`,
    z.object({ name: z.string(), type: z.string(), files: z.array(z.string()) }),
  );
}

/**
 * The difference of a file; null if there is none. The usual type of a column is that of most of the deciding files.
 */
function oddityOf(file: string, columns: readonly TypedColumn[], deciding: ReadonlySet<string>): string | null {
  const weight = ({ files }: TypedColumn) => files.filter((other) => deciding.has(other)).length;
  for (const { name, type } of columns.filter(({ files }) => files.includes(file))) {
    const candidates = columns.filter((column) => column.name === name);
    const usual = candidates.toSorted((a, b) => weight(b) - weight(a))[0]?.type ?? type;
    if (lossy.has(`${classOf(usual)} ${classOf(type)}`)) return `${name} is ${type} here and ${usual} in the others`;
  }
  return null;
}
