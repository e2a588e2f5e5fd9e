import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { EventFile, EventListing } from '../events/event-files';
import { parseRecord, readRecords } from './read-records';

/** The last successful refresh's records of the files, by path. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

const entrySchema = z.object({ path: z.string(), date: z.string(), version: z.string(), left_out: z.boolean() });

type ManifestEntry = z.output<typeof entrySchema>;

/** As one text: DuckDB's client takes twice as long for thousands of single values. */
const readSql = `
  SELECT CAST(to_json(coalesce(list({path: path, date: CAST(date AS VARCHAR), version: version, left_out: left_out}), []))
    AS VARCHAR) AS entries
  FROM refresh_manifest`;

export async function readManifest(connection: DuckDBConnection): Promise<Manifest> {
  const rows = await readRecords(connection, readSql, z.object({ entries: z.string() }));
  return new Map(
    rows.flatMap(({ entries }) => parseRecord(z.array(entrySchema), entries)).map((entry) => [entry.path, entry]),
  );
}

/** How the files differ from those of the last refresh. */
export interface FileChanges {
  /** Days with a file added, removed or rewritten, in order. */
  readonly days: readonly string[];
  /** Files that are new or have changed. */
  readonly newFiles: readonly EventFile[];
}

export function compareWithManifest(manifest: Manifest, files: readonly EventFile[]): FileChanges {
  const present = new Set(files.map((file) => file.path));
  const newFiles = files.filter((file) => manifest.get(file.path)?.version !== file.version);
  const removed = [...manifest.values()].filter((entry) => !present.has(entry.path));
  const days = new Set([...newFiles, ...removed].map(({ date }) => date));
  return { days: [...days].toSorted(), newFiles };
}

/** Days with other files than at the last refresh, in order. The files of a locked day are unknown, not removed. */
export function staleDaysOf(
  manifest: Manifest,
  { files, lockedDays }: Pick<EventListing, 'files' | 'lockedDays'>,
): readonly string[] {
  return compareWithManifest(manifest, files).days.filter((date) => !lockedDays.includes(date));
}

/** Sets the manifest to exactly `files`, of which those in `leftOut` weren't read. */
export async function writeManifest(
  connection: DuckDBConnection,
  files: readonly EventFile[],
  leftOut: ReadonlySet<string>,
): Promise<void> {
  await connection.run('DELETE FROM refresh_manifest');
  await connection.run(
    `INSERT INTO refresh_manifest
     SELECT file->>'path', CAST(file->>'date' AS DATE), CAST(file->>'bytes' AS BIGINT), file->>'version',
       CAST(file->>'leftOut' AS BOOLEAN)
     FROM (SELECT unnest(CAST($files AS JSON[])) AS file)`,
    {
      files: JSON.stringify(
        files.map(({ path, date, bytes, version }) => ({ path, date, bytes, version, leftOut: leftOut.has(path) })),
      ),
    },
  );
}

/** Updates the versions of files, such as after copying. */
export async function writeVersions(
  connection: DuckDBConnection,
  versions: readonly { readonly path: string; readonly version: string }[],
): Promise<void> {
  if (versions.length === 0) return;
  await connection.run(
    `UPDATE refresh_manifest SET version = file->>'version'
     FROM (SELECT unnest(CAST($versions AS JSON[])) AS file) WHERE path = (file->>'path')`,
    { versions: JSON.stringify(versions) },
  );
}
