import path from 'node:path';
import type { GenerationRequest, RunLogEntry } from '../contract/generation';
import { runGeneration } from '../engine/generation/run';
import { openWorkspace, workspaceAt, type Workspace } from '../engine/workspace';
import type { CommandContext, GenerateOptions } from './context';
import { showGeneration } from './generation-progress';
import { forkGenerator } from './generator-child';
import { print, printJson } from './output';
import { parseRequest } from './request';
import { count, duration, plural, size } from './words';

export async function generateCommand(options: GenerateOptions, context: CommandContext): Promise<void> {
  const run = await generate(options, context);
  if (options.json) return printJson(run);
  await print(describeRun(run, workspaceAt(options.workspace)));
}

/** Opens the workspace, making it where it is missing, and carries out the run with its progress shown. */
export async function generate(options: GenerateOptions, context: CommandContext): Promise<RunLogEntry> {
  const request = await parseRequest(options, workspaceAt(options.workspace));
  return runShown(await openWorkspace(options.workspace), request, context);
}

/** One line: what was written, how fast, and where. */
export function describeRun(run: RunLogEntry, workspace: Workspace): string {
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const rate = count((run.rows / Math.max(ms, 1)) * 1000);
  return (
    `Generated ${plural(run.rows, 'row')} in ${plural(run.files, 'file')} (${size(run.bytes)}) ` +
    `in ${duration(ms)}, ${rate} rows/s, seed ${run.request.recipe.seed}: ${workspace.eventsFolder}`
  );
}

async function runShown(
  workspace: Workspace,
  request: GenerationRequest,
  { resourcesFolder, generatorEntry, signal }: CommandContext,
): Promise<RunLogEntry> {
  const view = showGeneration();
  try {
    return await runGeneration({
      workspace,
      request,
      sqlFolder: path.join(resourcesFolder, 'generation'),
      program: 'the command line',
      spawnWorker: () => forkGenerator(generatorEntry),
      onProgress: view.update,
      signal,
    });
  } finally {
    view.stop();
  }
}
