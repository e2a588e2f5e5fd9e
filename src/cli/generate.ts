import path from 'node:path';
import type { GenerationRequest, RunLogEntry } from '../contract/generation';
import { pastRun } from '../engine/generation/plan/facts';
import { repetitionOf } from '../engine/generation/plan/repetition';
import { runGeneration } from '../engine/generation/run/run';
import type { Workspace } from '../engine/workspace';
import type { AdvanceOptions, CommandContext, GenerateOptions } from './context';
import { showGeneration } from './output/generation-progress';
import { forkGenerator } from './generator-child';
import { note, print, printJson } from './output/output';
import { askForRoom } from './ask';
import { parseAdvance, parseRequest } from './request';
import { namedWorkspace, noteProblem, openExistingWorkspace, openNamedWorkspace, recoverWorkspace } from './workspace';
import { count, duration, plural, size } from './output/words';

export async function generateCommand(options: GenerateOptions, context: CommandContext): Promise<void> {
  const run = await generate(options, context);
  if (options.json) return printJson(pastRun(run));
  await print(describeRun(run, await namedWorkspace(options)), ...describeRecipe(run));
}

/** Opens the workspace, creating it if it doesn't exist, and runs the request with visible progress. */
export async function generate(options: GenerateOptions, context: CommandContext): Promise<RunLogEntry> {
  const request = await parseRequest(options, await namedWorkspace(options));
  const workspace = await openNamedWorkspace(options);
  await recoverWorkspace(workspace);
  return runShown(workspace, request, options.yes, context);
}

export async function advanceCommand(options: AdvanceOptions, context: CommandContext): Promise<void> {
  const workspace = await openExistingWorkspace(options);
  await recoverWorkspace(workspace);
  const run = await runShown(workspace, await parseAdvance(options, workspace), options.yes, context);
  if (options.json) return printJson(pastRun(run));
  await print(describeRun(run, workspace));
}

/** One line: rows, files, time, rate and folder. */
export function describeRun(run: RunLogEntry, workspace: Workspace): string {
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const rate = count((run.rows / Math.max(ms, 1)) * 1000);
  return (
    `Generated ${plural(run.rows, 'row')} in ${plural(run.files, 'file')} (${size(run.bytes)}) ` +
    `in ${duration(ms)}, ${rate} rows/s, seed ${run.request.recipe.seed}: ${workspace.eventsFolder}`
  );
}

/** The recipe of a run and its known facts. */
function describeRecipe(run: RunLogEntry): string[] {
  const { recipeLine, facts } = pastRun(run);
  return [`Recipe: ${recipeLine}`, ...facts.map(({ date, text }) => `  ${date ?? 'all days'}: ${text}`)];
}

const repetitionNotes = {
  all: 'Note: these exact events already exist and will be duplicated. Use another --seed, or --mode replace.',
  some: 'Note: a run with this seed already exists; some events or sessions will be duplicated. Use another --seed.',
} as const;

async function runShown(
  workspace: Workspace,
  request: GenerationRequest,
  agreed: boolean,
  { resourcesFolder, generatorEntry, signal }: CommandContext,
): Promise<RunLogEntry> {
  const repeats = await repetitionOf(workspace, request);
  if (repeats !== 'none') note(repetitionNotes[repeats]);
  const roomChecked = !agreed && (await askForRoom(workspace, request));
  const view = showGeneration();
  try {
    return await runGeneration({
      workspace,
      request,
      confirmed: agreed,
      roomChecked,
      sqlFolder: path.join(resourcesFolder, 'generation'),
      program: 'the command line',
      spawnWorker: () => forkGenerator(generatorEntry),
      onProgress: view.update,
      onNotice: noteProblem,
      signal,
    });
  } finally {
    view.stop();
  }
}
