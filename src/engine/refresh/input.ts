import { bronze } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import type { RefreshRequest } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { readBuiltModels, readRelations, type BuiltModel, type Relations } from '../records/built-tables';
import type { CheckFile } from '../models/check-file';
import { readLastChecks } from '../records/check-results';
import { damagedError } from '../events/damaged-files';
import { bronzeSelect } from '../models/bronze-view';
import type { EventFile, EventListing } from '../events/event-files';
import { exportedModels, settleExports } from './exports';
import { compareWithManifest, readManifest, type Manifest } from '../records/manifest';
import type { ModelFile } from '../models/model-file';
import { bronzeOf, fingerprints, type ModelSet } from '../models/models';
import type { RowCounts } from '../events/parquet-rows';
import { hasSucceeded } from './recover-exports';
import { stillBroken, stillDangerous } from './still-broken';

/** What a refresh is asked to do. */
export interface RefreshTask {
  readonly workspace: Workspace;
  readonly modelSet: ModelSet;
  readonly checks: readonly CheckFile[];
  readonly request: RefreshRequest;
  readonly connection: DuckDBConnection;
  /** Row counts from the footers of files; null for those that have no readable one. */
  readonly countRows: (files: readonly EventFile[]) => Promise<RowCounts>;
  /** Size of event files that are read into memory rather than once a model; what suits most machines without. */
  readonly mostStagedBytes?: number | undefined;
}

/** All that a refresh goes by: what is on disk, what the last refresh left, and how the two differ. */
export interface RefreshInput {
  /** Files to read; damaged ones that are left out are not among them. */
  readonly files: readonly EventFile[];
  readonly allFiles: readonly EventFile[];
  /** The SELECT that the view of bronze must have to read exactly `files`. */
  readonly bronze: string;
  readonly leftOut: ReadonlySet<string>;
  readonly changedDays: readonly string[];
  readonly newFiles: readonly EventFile[];
  readonly built: ReadonlyMap<string, BuiltModel>;
  readonly relations: Relations;
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Models to build from scratch, whatever the data. */
  readonly forced: ReadonlySet<string>;
  /** The user's models that failed at the last refresh and would again, with why: nothing is read for them. */
  readonly stillBroken: ReadonlyMap<string, AppError>;
  /** Whether everything is computed anew. */
  readonly full: boolean;
  /** Checks that must look at all days: they are new, or their SQL has changed. */
  readonly newChecks: ReadonlySet<string>;
  /** Names of models that stand in the warehouse and are declared no more. */
  readonly removedModels: readonly string[];
  readonly exported: ReadonlySet<string>;
  /** How many checks passed and failed when they were last run. */
  readonly checksPassed: number;
  readonly checksFailed: number;
}

/** What is known of rows while no footer has been read. */
const noCounts: RowCounts = new Map();

/** Where more than this share of the days has changed, computing everything is quicker than picking. */
const mostDays = 0.5;

/**
 * Compares what is on disk with what the last refresh left.
 * @param damaged files that turned out to be unreadable in an earlier attempt of this refresh
 * @throws AppError PARQUET_DAMAGED for a file without a readable footer, unless such files are to be left out
 */
export async function gatherInput(
  task: RefreshTask,
  listing: EventListing,
  damaged: ReadonlySet<string>,
): Promise<RefreshInput> {
  const { connection, workspace, modelSet, checks, request } = task;
  const allFiles = listing.files;
  await settleExports(workspace, (refreshId) => hasSucceeded(refreshId, connection));
  const manifest = await readManifest(connection);
  const { days, newFiles } = compareWithManifest(manifest, allFiles);
  const everything = request.mode === 'full' || manifest.size === 0;
  const toLookAt = everything ? allFiles : newFiles;
  // Where all files are read anyway, a damaged one shows soon enough, and thousands of footers need not be read twice.
  const rowsByFile = everything || newFiles.length === 0 ? noCounts : await task.countRows(newFiles);
  const leftOut = await findLeftOut(task, manifest, toLookAt, rowsByFile, allFiles, damaged);
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

/** Files to leave out: those that the user has agreed to leave out before and that are the same, and new ones. */
async function findLeftOut(
  { request, workspace }: RefreshTask,
  manifest: Manifest,
  toLookAt: readonly EventFile[],
  rows: RowCounts,
  allFiles: readonly EventFile[],
  damaged: ReadonlySet<string>,
): Promise<Set<string>> {
  const unreadableFooters = toLookAt.filter((file) => rows.get(file.path) === null);
  // One that stands in the way of others need not be new itself.
  const found = [...unreadableFooters, ...allFiles.filter((file) => damaged.has(file.path))];
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

/** Days of files that are read now and were not before, or the other way round. */
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

/** Whether a model is not there as its file declares it: new, changed, failed before, or touched by another client. */
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

/** Whether every row of bronze has to be looked at, and not only those of changed days. */
export function mustMeasureAll(checks: readonly CheckFile[], { full, newChecks }: RefreshInput): boolean {
  return full || checks.some(({ name, condition }) => condition?.table === bronze && newChecks.has(name));
}
