import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { RunLogEntry } from '../../contract/generation';
import { presentRuns, readRunLog } from '../commit/run-log';
import { listFilesOfDays } from '../events/event-tree';
import { belongsToRun, dayFolder, isRunId } from '../events/paths';
import { forEachConcurrently } from '../fs/concurrently';
import { systemError } from '../fs/system-error';
import { WorkspaceFiles } from '../fs/workspace-files';
import { planShard } from '../generation/plan/plan';
import type { Workspace } from '../workspace';
import type { Location } from './location/location';

/** Copied so far of one run. */
export interface PublishProgress {
  readonly runId: string;
  readonly files: number;
  readonly filesTotal: number;
  readonly bytes: number;
}

export interface PublishOptions {
  readonly workspace: Workspace;
  /** Opened by the caller. */
  readonly location: Location;
  /** The only run to publish; all that aren't at the location if omitted. */
  readonly runId?: string;
  readonly onProgress?: (progress: PublishProgress) => void;
  readonly signal: AbortSignal;
}

export interface PublishedRun {
  readonly runId: string;
  /** *present*: it was there already. */
  readonly outcome: 'published' | 'present';
  readonly files: number;
  /** Bytes of its files. */
  readonly bytes: number;
  /** Files that had to be copied; the others were there from an attempt that broke off. */
  readonly copied: number;
}

export interface PublishReport {
  readonly runs: readonly PublishedRun[];
  /** Runs that can't be published, with the reason in a sentence. */
  readonly skipped: readonly { readonly runId: string; readonly reason: string }[];
}

/**
 * Copies committed runs of a workspace to a location: first their files, the run itself last, so that readers there see
 * a run only with all of its files. Can be repeated after any failure: what is there already isn't copied again. The
 * workspace isn't changed.
 * @throws AppError LOCATION_…, DISK_FULL, CANCELLED; INVALID_OPTIONS if `runId` isn't a run that can be published
 */
export async function publishRuns(options: PublishOptions): Promise<PublishReport> {
  const { workspace, location, runId, signal } = options;
  // Each file that is being copied listens to it.
  setMaxListeners(0, signal);
  const log = presentRuns(await readRunLog(workspace)).filter((run) => isRunId(run.runId));
  const chosen = runId === undefined ? log.toReversed() : log.filter((run) => run.runId === runId);
  if (runId !== undefined && chosen.length === 0) throw unknownRun(runId);
  const runs: PublishedRun[] = [];
  const skipped: { runId: string; reason: string }[] = [];
  try {
    const there = await location.runIds();
    for (const run of chosen) {
      if (there.has(run.runId)) {
        runs.push(await confirmPresent(run, location));
        continue;
      }
      const files = await filesOf(workspace, run);
      if (files.length === run.files) runs.push(await new RunPublisher(run, files, options).publish());
      else skipped.push({ runId: run.runId, reason: incomplete(run, files.length) });
    }
  } catch (error) {
    throw location.explain(error);
  }
  const [first] = skipped;
  if (runId !== undefined && first) throw new AppError('INVALID_OPTIONS', first.reason, { action: generateAgain });
  return { runs, skipped };
}

/** Copies one run. */
class RunPublisher {
  #files = 0;
  #bytes = 0;
  #copied = 0;

  constructor(
    private readonly run: RunLogEntry,
    private readonly files: readonly string[],
    private readonly options: PublishOptions,
  ) {}

  async publish(): Promise<PublishedRun> {
    const { run, files } = this;
    const { location, signal } = this.options;
    this.#report();
    await forEachConcurrently(files, location.concurrency, (file) => this.#add(file));
    if (signal.aborted) throw stopped(location);
    await location.addRun(asPublished(run));
    return { runId: run.runId, outcome: 'published', files: files.length, bytes: this.#bytes, copied: this.#copied };
  }

  async #add(file: string): Promise<void> {
    const { workspace, location, signal } = this.options;
    if (signal.aborted) throw stopped(location);
    const content = await openEvents(workspace, file);
    try {
      const name = `data/events/${file.split(path.sep).join('/')}`;
      const added = await location.addFile({ name, content }, signal);
      if (added === 'added') this.#copied += 1;
      this.#bytes += content.bytes;
      this.#files += 1;
      this.#report();
    } catch (error) {
      throw signal.aborted ? stopped(location) : error;
    } finally {
      await content.close();
    }
  }

  #report(): void {
    const { run, files } = this;
    this.options.onProgress?.({ runId: run.runId, files: this.#files, filesTotal: files.length, bytes: this.#bytes });
  }
}

/**
 * A run as a location stores it. Whatever it did in its own workspace, here it was added: nothing at a location is
 * replaced.
 */
function asPublished(run: RunLogEntry): RunLogEntry {
  return { ...run, request: { ...run.request, mode: 'append' } };
}

/** @throws AppError LOCATION_CONFLICT if another run has the same id */
async function confirmPresent(run: RunLogEntry, location: Location): Promise<PublishedRun> {
  await location.addRun(asPublished(run));
  return { runId: run.runId, outcome: 'present', files: run.files, bytes: run.bytes, copied: 0 };
}

/** The event files of a run in its workspace, by path from `data/events`. */
async function filesOf(workspace: Workspace, { runId, request }: RunLogEntry): Promise<string[]> {
  const days = planShard(request.recipe, request.shard).flatMap((chunk) =>
    chunk.days.map(({ date }) => dayFolder(date)),
  );
  const files = new WorkspaceFiles(workspace);
  return listFilesOfDays(files, workspace.eventsFolder, days, (name) => belongsToRun(name, runId)).catch(
    (error: unknown) => {
      throw systemError(error, workspace.folder) ?? error;
    },
  );
}

async function openEvents(workspace: Workspace, file: string) {
  const content = await new WorkspaceFiles(workspace).openOwn(path.join(workspace.eventsFolder, file));
  if (content) return content;
  throw new AppError('INVALID_OPTIONS', `${file} disappeared while its run was being published.`, {
    action: "Don't delete or compact days of a run while it is being published. Then publish again.",
  });
}

const generateAgain = 'Generate it again with its recipe and --publish.';

function incomplete({ runId, files }: RunLogEntry, found: number): string {
  return `Run ${runId} has ${found} of its ${files} files: some of its days were deleted or compacted.`;
}

function unknownRun(runId: string): AppError {
  return new AppError('INVALID_OPTIONS', `The workspace has no run ${runId} whose events are present.`, {
    action: 'Choose an id from the run log, data/runs.jsonl, or leave out --run to publish all runs.',
  });
}

function stopped(location: Location): AppError {
  return new AppError('CANCELLED', 'Publishing was cancelled.', {
    action: `The run is in the workspace. Publish again to continue: micro-warehouse publish ${location.name}.`,
  });
}

/** All runs at a location, newest first. */
export async function readLocation(location: Location): Promise<RunLogEntry[]> {
  try {
    const runs: RunLogEntry[] = [];
    await forEachConcurrently([...(await location.runIds())], location.concurrency, async (runId) => {
      const run = await location.run(runId);
      if (run) runs.push(run);
    });
    return runs.toSorted((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
  } catch (error) {
    throw location.explain(error);
  }
}
