import type { DuckDBConnection } from '@duckdb/node-api';
import path from 'node:path';
import { z } from 'zod';
import type { ParquetRead, ParquetReads, PlanNode } from '../../contract/result-work';
import { readRows } from '../sql/read-rows';
import { escapeGlob, quoteText } from '../sql/quote';

const fileSchema = z.object({ file: z.string() });

/** A Parquet scan as described by a plan. */
export type ParquetScan = NonNullable<PlanNode['files']> & {
  /** One of the files that were read; null if there was none. */
  readonly example: string | null;
};

/**
 * Finds the files that the scans of a plan skipped. DuckDB only counts them. They are the siblings of the files that
 * were read, in folders that differ only in a value (`date=...`), if their number matches.
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
  // With several scans, reads can't be assigned to a scan.
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
  // DuckDB opens the first file for the columns, even if it then skips it.
  const first = all[0]?.file;
  const onlyLookedAt = opened.find((file) => file.path === first && file.rowGroups.read === 0);
  return onlyLookedAt && unopened.length === wanted - 1 ? [onlyLookedAt.path, ...unopened] : null;
}

/** `/w/date=2025-01-01/a.parquet` as `/w/date=*` + `/*.parquet`, where `/w` is the workspace or contains no `=`. */
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
