import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { inTurns } from './measure';
import { add, bench, cli, freshFolder, million, note, ratio, timed } from './report';
import { refreshFromWindow } from './window';

const days = 1_096;

/** Refreshes of 1M and 10M rows compared with DuckDB by hand, and the cost of changes. */
export async function refreshing(): Promise<void> {
  for (const [rows, rounds] of [
    [million, 5],
    [10 * million, 3],
  ] as const) {
    const workspace = await generated(rows);
    const ours = () => timed(cli, 'refresh', '--workspace', withoutDatabase(workspace), '--json');
    const raw = (...options: string[]) => timed(bench('raw-refresh'), withoutDatabase(workspace), ...options);
    const size = `${rows / million}M rows`;
    const same = await inTurns(rounds, ours, () => raw('--checks'));
    ratio(`full refresh of ${size}, command line / raw DuckDB doing the same models, checks and exports`, same, 1.25);
    const [full] = same;
    const models = await raw();
    note(`the same beside models and exports alone: ${(full / models).toFixed(2)} x  (${Math.round(models)} ms)`);
    if (rows > million) changing(workspace, rows);
    rmSync(workspace, { recursive: true });
  }
}

export async function generated(rows: number): Promise<string> {
  const workspace = freshFolder();
  await timed(cli, 'generate', '--rows', String(rows), '--workspace', workspace, '--json');
  return workspace;
}

/** The same files each time, without the results of an earlier refresh. */
function withoutDatabase(workspace: string): string {
  for (const made of ['micro_warehouse.duckdb', 'raw.duckdb', 'exports']) {
    rmSync(path.join(workspace, made), { recursive: true, force: true });
  }
  return workspace;
}

function changing(workspace: string, rows: number): void {
  const script = [bench('refresh-in-process'), workspace, cli, String(Math.round(rows / days))];
  const printed = execFileSync(process.execPath, script, { env: { ...process.env, UV_THREADPOOL_SIZE: '8' } });
  const times = z.object({ full: z.number(), day: z.number(), nothing: z.number() }).parse(JSON.parse(String(printed)));
  const share = (100 * times.day) / times.full;
  add({
    what: `refresh after one more day on ${rows / million}M rows, share of a full one`,
    measured: `${share.toFixed(1)} %  (${Math.round(times.day)} ms / ${Math.round(times.full)} ms)`,
    value: share,
    most: 8,
  });
  add({
    what: 'refresh when nothing has changed, beyond listing the files',
    measured: `${Math.round(times.nothing)} ms`,
    value: times.nothing,
    most: 50,
  });
}

/** Only on request: 100M rows take minutes to write and about 6 GB of disk. */
export async function refreshingHuge(): Promise<void> {
  const workspace = await generated(100 * million);
  const { ms, longestFrameMs, longestAnswerMs } = await refreshFromWindow(freshFolder(), workspace, 2_000);
  add({
    what: 'full refresh of 100M rows with 2 GB of memory, in the window',
    measured: `${(ms / 1000).toFixed(1)} s`,
    value: ms,
    most: 600_000,
  });
  add({
    what: 'longest time without a frame of the window meanwhile',
    measured: `${Math.round(longestFrameMs)} ms`,
    value: longestFrameMs,
    most: 250,
  });
  add({
    what: 'longest answer of a page that is opened meanwhile',
    measured: `${Math.round(longestAnswerMs)} ms`,
    value: longestAnswerMs,
    most: 1_000,
  });
}
