import os from 'node:os';
import type { GenerationRequest } from '../../../contract/generation';
import { generationLimits, recipeSchema } from '../../../contract/recipe';
import type { Workspace } from '../../workspace';
import { suggestSeed } from '../../commit/run-log';

/** Memory that one generator process may need at most, with a margin. */
const bytesPerWorker = 500e6;

/** One worker per core, as far as memory allows. */
export function suggestWorkers(): number {
  const fitting = Math.floor(os.totalmem() / 2 / bytesPerWorker);
  return Math.max(1, Math.min(os.availableParallelism(), fitting, generationLimits.workers));
}

/** A request that fits this workspace and machine: the defaults, an unused seed, one worker per core. */
export async function suggestRequest(workspace: Workspace): Promise<GenerationRequest> {
  const recipe = recipeSchema.parse({ seed: await suggestSeed(workspace) });
  return { recipe, mode: 'append', workers: suggestWorkers(), shard: null };
}
