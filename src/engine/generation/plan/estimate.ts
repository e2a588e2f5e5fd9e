import { exists } from '../../fs/exists';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../contract/app-error';
import type { Estimate, GenerationRequest, RunLogEntry } from '../../../contract/generation';
import type { Workspace } from '../../workspace';
import { expectedBytes } from './file-size';
import { planShard, rowsOf } from './plan';
import { repetitionOf } from './repetition';
import { readRunLog } from '../../commit/run-log';
import { suggestWorkers } from './suggest';
import { sum } from '../../../contract/sum';

/** Rows per second of one worker, and the start-up time of a run, until this workspace has runs of its own. */
const usualRowsPerSecond = 600_000;
const startUpMs = 400;

/** Runs with fewer rows aren't used to calibrate estimates: most of their time is start-up. */
const minRowsToCalibrate = 100_000;

/** Disk blocks that a day takes besides the bytes of its file: its folder, and the rest of the file's last block. */
const blocksADay = 2;

/** The size of a request, and whether the disk has space for it. */
type Size = Omit<Estimate, 'durationMs' | 'repeats'>;

/** The time and size of a request, whether the disk has space for it, and the rows that it repeats; writes nothing. */
export async function estimateRequest(workspace: Workspace, request: GenerationRequest): Promise<Estimate> {
  const [runs, size, repeats] = await Promise.all([
    readRunLog(workspace),
    sizeOf(workspace, request),
    repetitionOf(workspace, request),
  ]);
  return { ...size, durationMs: startUpMs + (size.rows / rowsPerSecond(request, runs)) * 1000, repeats };
}

async function sizeOf(workspace: Workspace, request: GenerationRequest): Promise<Size> {
  const { freeBytes, blockBytes } = await roomAt(workspace.stagingFolder);
  const chunks = planShard(request.recipe, request.shard);
  const rows = sum(chunks.map(rowsOf));
  const days = sum(chunks.map((chunk) => chunk.days.length));
  const bytes = Math.round(expectedBytes(request.recipe, chunks));
  const onDisk = bytes + days * blocksADay * blockBytes;
  return {
    rows,
    days,
    rowsPerDay: days > 0 ? rows / days : 0,
    bytes,
    freeBytes,
    verdict: onDisk > freeBytes ? 'impossible' : onDisk > freeBytes / 2 ? 'ask' : 'fine',
  };
}

/**
 * Refuses a run that doesn't fit on the disk.
 * @param confirmed whether the user has agreed to one that needs more than half of the free space
 * @returns the number of rows of the run
 * @throws AppError DISK_FULL, NEEDS_CONFIRMATION
 */
export async function checkRoom(workspace: Workspace, request: GenerationRequest, confirmed: boolean): Promise<number> {
  const { rows, bytes, freeBytes, verdict } = await sizeOf(workspace, request);
  const sizes = `about ${gigabytes(bytes)} needed, ${gigabytes(freeBytes)} free`;
  if (verdict === 'impossible') {
    throw new AppError('DISK_FULL', `Not enough disk space for this run: ${sizes}.`, {
      action: 'Free up space, choose fewer rows, or choose a workspace on another disk.',
    });
  }
  if (verdict === 'ask' && !confirmed) {
    throw new AppError('NEEDS_CONFIRMATION', `This run needs more than half of your free disk space: ${sizes}.`, {
      action: 'Confirm the run (--yes on the command line), or choose fewer rows.',
    });
  }
  return rows;
}

/** From the last run of the same profile, scaled by the number of workers, at most one per core. */
function rowsPerSecond({ recipe, workers }: GenerationRequest, runs: readonly RunLogEntry[]): number {
  const last = runs.find(
    ({ status, rows, request }) =>
      status === 'succeeded' && rows >= minRowsToCalibrate && request.recipe.profile === recipe.profile,
  );
  const cores = suggestWorkers();
  const lanes = Math.min(workers, cores);
  if (!last) return usualRowsPerSecond * lanes;
  const ms = Math.max(1, Date.parse(last.finishedAt) - Date.parse(last.startedAt) - startUpMs);
  return ((last.rows / ms) * 1000 * lanes) / Math.min(last.request.workers, cores);
}

/** Free space on the disk of a folder, which may not exist yet, and the disk's block size. */
async function roomAt(folder: string): Promise<{ freeBytes: number; blockBytes: number }> {
  let existing = folder;
  while (!(await exists(existing)) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  return { freeBytes: bavail * bsize, blockBytes: bsize };
}

function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
