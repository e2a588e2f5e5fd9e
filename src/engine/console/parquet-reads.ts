import type { DuckDBConnection } from '@duckdb/node-api';
import path from 'node:path';
import { z } from 'zod';
import type { ParquetRead, ParquetReads, PlanNode } from '../../contract/result-work';
import { readRows } from '../sql/read-rows';
import { escapeGlob, quoteText } from '../sql/quote';

const fileSchema = z.object({ file: z.string() });

/** A scan of Parquet as a plan tells of it. */
export type ParquetScan = NonNullable<PlanNode['files']> & {
  /** One of the files that were left to read; null where there was none. */
  readonly example: string | null;
};

/**
 * Names the files that the scans of a plan left out. DuckDB only counts them: their names are those of the files that
 * lie beside the ones that were read, in folders that differ in a value alone (`date=...`), if they are as many.
 */
export async function parquetReads(
  scans: readonly ParquetScan[],
  opened: readonly ParquetRead[],
  folder: string,
  connection: DuckDBConnection,
): Promise<ParquetReads> {
  const pruned = await prunedFiles(scans, opened, folder, connection);
  const left = new Set(pruned);
  const shown = (file: string) => path.relative(folder, file).split(path.sep).join('/');
  return {
    opened: opened.filter((file) => !left.has(file.path)).map((file) => ({ ...file, path: shown(file.path) })),
    pruned: pruned && pruned.map(shown),
  };
}

async function prunedFiles(
  scans: readonly ParquetScan[],
  opened: readonly ParquetRead[],
  folder: string,
  connection: DuckDBConnection,
): Promise<string[] | null> {
  const pruning = scans.filter(({ read, total }) => total > read);
  const [scan] = pruning;
  if (!scan) return [];
  const example = scan.example ?? opened[0]?.path;
  // Of several scans it can't be told which read what.
  if (pruning.length > 1 || example === undefined) return null;
  const all = await readRows(
    connection,
    `SELECT file FROM glob(${quoteText(siblings(example, folder))}) ORDER BY file`,
    fileSchema,
  );
  const used = new Set(opened.map((file) => file.path));
  const unopened = all.map(({ file }) => file).filter((file) => !used.has(file));
  const wanted = scan.total - scan.read;
  if (unopened.length === wanted) return unopened;
  // To know the columns DuckDB opens the first file of all, even if it then leaves it out.
  const first = all[0]?.file;
  const onlyLookedAt = opened.find((file) => file.path === first && file.rowGroups.read === 0);
  return onlyLookedAt && unopened.length === wanted - 1 ? [onlyLookedAt.path, ...unopened] : null;
}

/** `/w/date=2025-01-01/a.parquet` as `/w/date=*` + `/*.parquet`, where `/w` is the workspace or has no `=`. */
function siblings(file: string, folder: string): string {
  const above = file.startsWith(`${folder}/`) ? folder : '';
  const inside = file
    .slice(above.length)
    .split('/')
    .map((name, index, all) => {
      if (index === all.length - 1) return `*${escapeGlob(path.extname(name))}`;
      return name.includes('=') ? `${escapeGlob(name.slice(0, name.indexOf('=') + 1))}*` : escapeGlob(name);
    });
  return escapeGlob(above) + inside.join('/');
}
