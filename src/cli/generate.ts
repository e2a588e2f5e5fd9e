import path from 'node:path';
import type { GenerationRequest, RunLogEntry } from '../contract/generation';
import { pastRun } from '../engine/generation/plan/facts';
import { repetitionOf } from '../engine/generation/plan/repetition';
import { runGeneration } from '../engine/generation/run/run';
import { readLocation } from '../engine/publish/publish';
import type { Workspace } from '../engine/workspace';
import type { AdvanceOptions, CommandContext, GenerateOptions } from './context';
import { showGeneration } from './output/generation-progress';
import { forkGenerator } from './generator-child';
import { note, print, printJson } from './output/output';
import { askForRoom } from './ask';
import { describePublished, publishNewRun, withPublished, withPublishOption, type Published } from './publish';
import { parseAdvance, parseRequest } from './request';
import { namedWorkspace, noteProblem, openExistingWorkspace, openNamedWorkspace, recoverWorkspace } from './workspace';
import { count, duration, plural, size } from './output/words';

export async function generateCommand(options: GenerateOptions, context: CommandContext): Promise<void> {
  const { run, published } = await generate(options, context);
  if (options.json) return printJson(withPublished(pastRun(run), published));
  await print(describeRun(run, await namedWorkspace(options)), ...describeRecipe(run), ...describePublished(published));
}

/** A run of a command, and where it was published; null if it wasn't asked for. */
export interface Generated {
  readonly run: RunLogEntry;
  readonly published: Published | null;
}

/** Opens the workspace, creating it if it doesn't exist, and runs the request with visible progress. */
export async function generate(options: GenerateOptions, context: CommandContext): Promise<Generated> {
  const named = await namedWorkspace(options);
  const request = await parseRequest(options, named);
  return withPublishOption(options.publish, named, async (location) => {
    const workspace = await openNamedWorkspace(options);
    await recoverWorkspace(workspace);
    const run = await runShown(workspace, request, options.yes, context);
    return { run, published: location && (await publishNewRun(run, workspace, location, context)) };
  });
}

export async function advanceCommand(options: AdvanceOptions, context: CommandContext): Promise<void> {
  const workspace = await openExistingWorkspace(options);
  await recoverWorkspace(workspace);
  const { run, published } = await withPublishOption(
    options.publish,
    workspace,
    async (location): Promise<Generated> => {
      const request = await parseAdvance(options, workspace, location ? await readLocation(location) : []);
      const made = await runShown(workspace, request, options.yes, context);
      return { run: made, published: location && (await publishNewRun(made, workspace, location, context)) };
    },
  );
  if (options.json) return printJson(withPublished(pastRun(run), published));
  await print(describeRun(run, workspace), ...describePublished(published));
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
