import { statfs } from 'node:fs/promises';
import type { Estimate, GenerationRequest, Preview } from '../../contract/generation';
import type { Recipe } from '../../contract/recipe';
import type { Workspace } from '../workspace';
import { planDays } from './plan';
import { readRunLog } from './run-log';

/** Where no run of this workspace tells: bytes a row and a file, and rows a second of one worker. */
const usual = { bytesPerRow: 56, bytesPerFile: 4_200, rowsPerSecond: 700_000, startMs: 300 };

/** How many events each week will have, by Mondays. */
export function previewRecipe(recipe: Recipe): Preview {
  const weeks = new Map<string, number>();
  for (const { date, rows } of planDays(recipe)) {
    const week = mondayOf(date);
    weeks.set(week, (weeks.get(week) ?? 0) + rows);
  }
  return { weeks: Array.from(weeks, ([week, rows]) => ({ week, rows })) };
}

/** What a request will take: rows, space and time; writes nothing. */
export async function estimateRequest(workspace: Workspace, request: GenerationRequest): Promise<Estimate> {
  const days = planDays(request.recipe);
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  const bytes = rows * usual.bytesPerRow + days.length * usual.bytesPerFile;
  const { bavail, bsize } = await statfs(workspace.folder);
  const freeBytes = bavail * bsize;
  const durationMs = usual.startMs + (rows / (await rowsPerSecond(workspace, request))) * 1000;
  const verdict = bytes > freeBytes ? 'impossible' : bytes > freeBytes / 2 ? 'ask' : 'fine';
  return {
    rows,
    days: days.length,
    rowsPerDay: rows / Math.max(1, days.length),
    bytes,
    durationMs,
    freeBytes,
    verdict,
  };
}

async function rowsPerSecond(workspace: Workspace, { workers }: GenerationRequest): Promise<number> {
  const last = (await readRunLog(workspace)).find(({ status, rows }) => status === 'succeeded' && rows >= 100_000);
  if (!last) return usual.rowsPerSecond * workers;
  const seconds = (Date.parse(last.finishedAt) - Date.parse(last.startedAt)) / 1000;
  return (last.rows / Math.max(seconds, 0.001) / last.request.workers) * workers;
}

function mondayOf(date: string): string {
  const time = Date.parse(date);
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}
