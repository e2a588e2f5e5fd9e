import { bronze } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import type { RefreshRequest } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { readBuiltModels, readRelations, type BuiltModel, type Relations } from '../records/built-tables';
import type { CheckFile } from '../models/check-file';
import type { FactFile } from '../models/fact-file';
import { readLastChecks } from '../records/check-results';
import { damagedError } from '../events/damaged-files';
import { bronzeSelect } from '../models/bronze-view';
import type { EventFile, EventListing } from '../events/event-files';
import { exportedModels, settleExports } from './exports';
import { compareWithManifest, readManifest, type Manifest } from '../records/manifest';
import type { ModelFile } from '../models/model-file';
import { bronzeOf, fingerprints, type ModelSet } from '../models/models';
import type { RowCounts } from '../events/parquet-rows';
import { succeededOf } from './recover-exports';
import { stillBroken, stillDangerous } from './still-broken';

/** The task of a refresh. */
export interface RefreshTask {
  readonly workspace: Workspace;
  readonly modelSet: ModelSet;
  readonly checks: readonly CheckFile[];
  /** Proofs and detectors of planted facts. */
  readonly factFiles: readonly FactFile[];
  readonly request: RefreshRequest;
  readonly connection: DuckDBConnection;
  /** Row counts from the footers of files; null for files without a readable footer. */
  readonly countRows: (files: readonly EventFile[]) => Promise<RowCounts>;
  /** Size up to which event files are read into memory, instead of once per model; the default suits most machines. */
  readonly mostStagedBytes?: number | undefined;
}

/** Everything that a refresh depends on: the files on disk, the records of the last refresh, and their differences. */
export interface RefreshInput {
  /** Files to read, without those that are left out. */
  readonly files: readonly EventFile[];
  readonly allFiles: readonly EventFile[];
  /** The SELECT with which the bronze view reads exactly `files`. */
  readonly bronze: string;
  readonly leftOut: ReadonlySet<string>;
  readonly changedDays: readonly string[];
  readonly newFiles: readonly EventFile[];
  readonly built: ReadonlyMap<string, BuiltModel>;
  readonly relations: Relations;
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Models to build from scratch, whatever the data. */
  readonly forced: ReadonlySet<string>;
  /**
   * The user models that failed at the last refresh and would fail again, with their errors. Nothing is read for them.
   */
  readonly stillBroken: ReadonlyMap<string, AppError>;
  /** Whether everything is rebuilt. */
  readonly full: boolean;
  /** Checks that must cover all days: they are new, or their SQL has changed. */
  readonly newChecks: ReadonlySet<string>;
  /** Names of models that are in the warehouse but no longer declared. */
  readonly removedModels: readonly string[];
  readonly exported: ReadonlySet<string>;
  /** Numbers of checks that passed and failed when they last ran. */
  readonly checksPassed: number;
  readonly checksFailed: number;
}

/** The row counts before any footer has been read. */
const noCounts: RowCounts = new Map();

/** If a larger share of the days has changed, rebuilding everything is faster. */
const mostDays = 0.5;

/**
 * Compares the files on disk with the records of the last refresh.
 * @param oddFiles files that made an earlier attempt of this refresh fail
 * @throws AppError PARQUET_DAMAGED for a file without a readable footer, unless such files may be left out
 */
export async function gatherInput(
  task: RefreshTask,
  listing: EventListing,
  oddFiles: ReadonlySet<string>,
): Promise<RefreshInput> {
  const { connection, workspace, modelSet, checks, request } = task;
  const allFiles = listing.files;
  await settleExports(workspace, (refreshIds) => succeededOf(refreshIds, connection));
  const manifest = await readManifest(connection);
  const { days, newFiles } = compareWithManifest(manifest, allFiles);
  const everything = request.mode === 'full' || manifest.size === 0;
  const toLookAt = everything ? allFiles : newFiles;
  // If all files are read anyway, a damaged one is noticed, and thousands of footers needn't be read twice.
  const rowsByFile = everything || newFiles.length === 0 ? noCounts : await task.countRows(newFiles);
  const leftOut = await findLeftOut(task, manifest, toLookAt, rowsByFile, allFiles, oddFiles);
  const built = await readBuiltModels(connection);
  const relations = await readRelations(connection);
  const current = fingerprints(modelSet.models);
  const lastChecks = await readLastChecks(connection);
  const passed = [...lastChecks.values()].filter((check) => check.passed).length;
  const daysBefore = new Set([...manifest.values()].map(({ date }) => date));
  const full = everything || days.length > mostDays * daysBefore.size;
  const toBuild = new Set(
    modelSet.models.filter((model) => full || mustRebuild(model, built, relations, current)).map(({ name }) => name),
  );
  const known = { models: modelSet.models, current, built };
  const dangerous = request.mode === 'full' ? new Map<string, AppError>() : stillDangerous(known);
  const others = { ...known, models: modelSet.models.filter(({ name }) => !dangerous.has(name)) };
  const broken = new Map([...dangerous, ...(full ? [] : await stillBroken(others, toBuild, workspace, connection))]);
  const files = allFiles.filter((file) => !leftOut.has(file.path));
  const matchesPattern = listing.matchesPattern && leftOut.size === 0;
  const declared = new Set([...modelSet.models, ...modelSet.broken].map(({ name }) => name));
  return {
    files,
    allFiles,
    bronze: bronzeSelect(bronzeOf(modelSet), { files, matchesPattern }, workspace),
    leftOut,
    changedDays: [...new Set([...days, ...daysLeftDifferently(allFiles, manifest, leftOut)])].toSorted(),
    newFiles,
    built,
    relations,
    fingerprints: current,
    forced: new Set([...toBuild].filter((name) => !broken.has(name))),
    stillBroken: broken,
    full,
    newChecks: new Set(
      checks
        .filter((check) => full || lastChecks.get(check.name)?.fingerprint !== check.fingerprint)
        .map(({ name }) => name),
    ),
    removedModels: [...built.keys()].filter((name) => !declared.has(name)),
    exported: await exportedModels(workspace),
    checksPassed: passed,
    checksFailed: lastChecks.size - passed,
  };
}

/** Files to leave out: new odd ones, and those left out before that haven't changed. */
async function findLeftOut(
  { request, workspace }: RefreshTask,
  manifest: Manifest,
  toLookAt: readonly EventFile[],
  rows: RowCounts,
  allFiles: readonly EventFile[],
  oddFiles: ReadonlySet<string>,
): Promise<Set<string>> {
  const unreadableFooters = toLookAt.filter((file) => rows.get(file.path) === null);
  // An odd file need not be new itself.
  const found = [...unreadableFooters, ...allFiles.filter((file) => oddFiles.has(file.path))];
  if (found.length > 0 && !request.skipDamaged) {
    throw await damagedError(
      found.map((file) => file.path),
      workspace,
    );
  }
  const looked = new Set(toLookAt.map((file) => file.path));
  const before = allFiles.filter((file) => !looked.has(file.path) && manifest.get(file.path)?.left_out === true);
  return new Set([...found, ...before].map((file) => file.path));
}

/** Days of files that are read now but weren't before, or the other way round. */
function daysLeftDifferently(
  files: readonly EventFile[],
  manifest: Manifest,
  leftOut: ReadonlySet<string>,
): readonly string[] {
  return files.flatMap((file) => {
    const before = manifest.get(file.path);
    return before && before.left_out !== leftOut.has(file.path) ? file.date : [];
  });
}

/**
 * Whether a model isn't in the database as its file declares it: new, changed, failed before, or modified by another
 * client.
 */
function mustRebuild(
  { name, kind }: ModelFile,
  built: ReadonlyMap<string, BuiltModel>,
  relations: Relations,
  current: ReadonlyMap<string, string>,
): boolean {
  const known = built.get(name);
  const relation = kind === 'view' ? 'view' : 'table';
  return known?.fingerprint !== current.get(name) || known?.problem !== null || relations.get(name) !== relation;
}

/** Whether every row of bronze has to be read, not just those of changed days. */
export function mustMeasureAll(checks: readonly CheckFile[], { full, newChecks }: RefreshInput): boolean {
  return full || checks.some(({ name, condition }) => condition?.table === bronze && newChecks.has(name));
}
