import type { z } from 'zod';
import { AppError } from '../contract/app-error';
import { generationRequestSchema, type GenerationRequest } from '../contract/generation';
import { suggestRequest } from '../engine/generation/suggest';
import type { Workspace } from '../engine/workspace';
import type { GenerateOptions } from './context';

/**
 * Makes a request of what was typed; what was left out is suggested by the workspace and the machine.
 * @throws AppError INVALID_OPTIONS with one line for each option that can't be used
 */
export async function parseRequest(options: GenerateOptions, workspace: Workspace): Promise<GenerationRequest> {
  const { rows, start, end, users, teams, seed, workers, mode } = options;
  const typed = (suggestedSeed: number, suggestedWorkers: number) => ({
    recipe: {
      start,
      end,
      rows: number(rows),
      users: number(users),
      teams: number(teams),
      seed: seed === undefined ? suggestedSeed : number(seed),
    },
    mode,
    workers: workers === undefined ? suggestedWorkers : number(workers),
  });
  // Before the workspace is looked into: a slip is told at once and makes no folder.
  validate(typed(0, 1));
  const suggested = await suggestRequest(workspace);
  return validate(typed(suggested.recipe.seed, suggested.workers));
}

function validate(request: unknown): GenerationRequest {
  const parsed = generationRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_OPTIONS', problems(parsed.error), { action: 'Correct this and run the command again.' });
}

function problems(error: z.ZodError): string {
  return error.issues.map(({ message }) => message).join('\n');
}

/** NaN for what is no number, which the schema then refuses in its own words. */
function number(text: string): number {
  return /^[+-]?\d[\d_]*(\.\d+)?(e\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
}
