import { access } from 'node:fs/promises';
import { plantEverything, sampleRows } from '../../contract/plant-everything';
import { recipeSchema } from '../../contract/recipe';
import { suggestWorkers } from '../../engine/generation/plan/suggest';
import type { GenerationService } from './generation-service';
import type { WarehouseSupervisor } from '../supervisor/supervisor';
import { suggestedWorkspaceFolder, type WorkspaceService } from '../workspace/workspace-service';

/** The sample has everything that there is to find. */
const sampleRecipe = plantEverything(recipeSchema.parse({ rows: sampleRows, users: 10_000, teams: 200 }));

/**
 * Opens a new workspace next to the suggested one and fills it: events, then a refresh. Returns once the run has
 * started; the window follows run and refresh as usual.
 * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY, DISK_FULL
 */
export async function openSample(
  workspaces: WorkspaceService,
  generation: GenerationService,
  supervisor: WarehouseSupervisor,
): Promise<void> {
  await workspaces.open(await newSampleFolder());
  const { folder } = workspaces.current;
  await generation.start({ recipe: sampleRecipe, mode: 'append', workers: suggestWorkers(), shard: null }, false);
  void refreshAfterwards(generation, () => supervisor.refresh(folder));
}

async function refreshAfterwards(generation: GenerationService, refresh: () => void): Promise<void> {
  await generation.ended();
  const state = generation.state.value;
  if (state.status === 'ended' && state.outcome.succeeded) refresh();
}

/** A new folder: a sample never touches an earlier one. */
async function newSampleFolder(): Promise<string> {
  const name = `${suggestedWorkspaceFolder()} Sample`;
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? name : `${name} ${number}`;
    const taken = await access(folder).then(
      () => true,
      () => false,
    );
    if (!taken) return folder;
  }
}
