import type { z } from 'zod';
import { AppError } from '../contract/app-error';
import {
  generationRequestSchema,
  recordedRequestSchema,
  type GenerationRequest,
  type RunLogEntry,
} from '../contract/generation';
import { generationLimits, wholeNumber } from '../contract/recipe';
import { parseRecipe, readWords } from '../contract/recipe-line';
import { advanceRequest } from '../engine/generation/plan/advance';
import { suggestRequest, suggestWorkers } from '../engine/generation/plan/suggest';
import type { Workspace } from '../engine/workspace';
import type { AdvanceOptions, GenerateOptions } from './context';

const correct = 'Fix this and try again. See --help for all options.';

/**
 * Builds a request from the options; the workspace and the machine suggest those that were left out.
 * @throws AppError INVALID_OPTIONS with one line per invalid option
 */
export async function parseRequest(options: GenerateOptions, workspace: Workspace): Promise<GenerationRequest> {
  const { mode, workers, shard } = options;
  const typed = (seed: number, suggestedWorkers: number) => ({
    recipe: readRecipe(options, seed),
    mode,
    workers: workers === undefined ? suggestedWorkers : number(workers),
    shard: shard === undefined ? null : readShard(shard),
  });
  // Before the workspace is read: a typo is reported at once and creates no folder.
  validate(typed(0, 1));
  const suggested = await suggestRequest(workspace);
  return validate(typed(suggested.recipe.seed, suggested.workers));
}

/**
 * @param published runs at the location to which the new one will be published
 * @throws AppError INVALID_OPTIONS, NO_EVENTS, SHARDS_MISSING
 */
export async function parseAdvance(
  { days, workers }: AdvanceOptions,
  workspace: Workspace,
  published: readonly RunLogEntry[],
): Promise<GenerationRequest> {
  const parsed = wholeNumber('Days', 1, generationLimits.days).safeParse(number(days));
  if (!parsed.success) throw invalid(parsed.error);
  const request = await advanceRequest(workspace, parsed.data, published);
  const typed = { ...request, workers: workers === undefined ? suggestWorkers() : number(workers) };
  return validate(typed, recordedRequestSchema);
}

/** The recipe line with its words replaced by the options; validated later. */
function readRecipe(options: GenerateOptions, suggestedSeed: number): unknown {
  const base = options.recipe === undefined ? { seed: suggestedSeed } : parseRecipe(options.recipe);
  const { profile, start, end } = options;
  const dates = { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
  const words = Object.entries(optionsOf(options)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const typed = readTyped(words);
  return {
    ...base,
    ...typed,
    ...dates,
    ...(profile !== undefined && { profile }),
    planted: { ...('planted' in base && base.planted), ...typed.planted },
    mess: { ...('mess' in base && base.mess), ...typed.mess },
  };
}

/** @throws AppError INVALID_OPTIONS in terms of options, since no recipe was pasted */
function readTyped(typed: readonly (readonly [name: string, value: string])[]): ReturnType<typeof readWords> {
  for (const [name, value] of typed) {
    try {
      readWords([[name, value]]);
    } catch {
      throw new AppError('INVALID_OPTIONS', `--${name} can't be "${value}".`, { action: correct });
    }
  }
  return readWords(typed);
}

/** Options keyed by the word of the recipe line. */
function optionsOf(options: GenerateOptions): Record<string, string | undefined> {
  const { rows, users, teams, seed, weights, launch, outage, churn, duplicates, compression } = options;
  return {
    rows, users, teams, seed, weights, launch, outage, churn, duplicates, compression,
    'null-users': options.nullUsers,
    'empty-properties': options.emptyProperties,
    'late-events': options.lateEvents,
    'malformed-json': options.malformedJson,
    'schema-drift': options.schemaDrift,
    'row-group-rows': options.rowGroupRows,
  }; // prettier-ignore
}

function readShard(text: string): { part: number; of: number } {
  const [part = '', of = ''] = text.split('/');
  return { part: number(part), of: number(of) };
}

function validate(request: unknown, schema = generationRequestSchema): GenerationRequest {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
}

function invalid(error: z.ZodError): AppError {
  // A number can violate two rules that have the same message.
  const problems = new Set(error.issues.map((issue) => issue.message));
  return new AppError('INVALID_OPTIONS', [...problems].join('\n'), { action: correct });
}

/** NaN for text that isn't a number; the schema then rejects it with its own message. */
function number(text: string): number {
  return /^[+-]?\d[\d_]*(\.\d+)?(e\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
}
