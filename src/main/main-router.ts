import { implement } from '@orpc/server';
import { app, clipboard, type BrowserWindow } from 'electron';
import { mainContract } from '../contract/main-contract';
import { formatRecipe, parseRecipe } from '../contract/recipe-line';
import type { AppState } from '../contract/workspace';
import { previewRecipe } from '../engine/generation/preview';
import type { Observable } from '../engine/observable';
import type { GenerationService } from './generation-service';
import { openSample } from './sample-workspace';
import { reportErrors } from './rpc';
import type { WarehouseSupervisor } from './warehouse-supervisor';
import type { WorkspaceService } from './workspace-service';

interface MainServices {
  readonly appState: Observable<AppState>;
  readonly workspaces: WorkspaceService;
  readonly supervisor: WarehouseSupervisor;
  readonly generation: GenerationService;
  readonly window: BrowserWindow;
}

/** Answers the main contract for one window. */
export function mainRouter({ appState, workspaces, supervisor, generation, window }: MainServices) {
  const contract = implement(mainContract).use(reportErrors);
  return contract.router({
    app: {
      watch: contract.app.watch.handler(({ signal }) => appState.follow(signal)),
      versions: contract.app.versions.handler(() => ({
        app: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
      })),
    },
    clipboard: {
      write: contract.clipboard.write.handler(({ input }) => clipboard.writeText(input.text)),
    },
    workspace: {
      open: contract.workspace.open.handler(({ input }) => workspaces.open(input.folder)),
      openSample: contract.workspace.openSample.handler(() => openSample(workspaces, generation, supervisor)),
      choose: contract.workspace.choose.handler(() => workspaces.choose(window)),
      reveal: contract.workspace.reveal.handler(({ input }) => workspaces.reveal(input.path)),
      restartWarehouse: contract.workspace.restartWarehouse.handler(() => supervisor.restart()),
    },
    generation: {
      suggest: contract.generation.suggest.handler(() => generation.suggest()),
      start: contract.generation.start.handler(({ input: { confirmed, ...request } }) =>
        generation.start(request, confirmed),
      ),
      advance: contract.generation.advance.handler(({ input }) => generation.advance(input.days, input.confirmed)),
      cancel: contract.generation.cancel.handler(() => generation.cancel()),
      repeatDay: contract.generation.repeatDay.handler(({ input }) => generation.repeatDay(input.date)),
      watch: contract.generation.watch.handler(({ signal }) => generation.state.follow(signal)),
      history: contract.generation.history.handler(() => generation.history()),
      estimate: contract.generation.estimate.handler(({ input }) => generation.estimate(input)),
      preview: contract.generation.preview.handler(({ input }) => previewRecipe(input)),
      formatRecipe: contract.generation.formatRecipe.handler(({ input }) => formatRecipe(input)),
      parseRecipe: contract.generation.parseRecipe.handler(({ input }) => parseRecipe(input)),
    },
  });
}
