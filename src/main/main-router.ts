import { implement } from '@orpc/server';
import { app, clipboard, dialog, type BrowserWindow } from 'electron';
import { mainContract, type Command } from '../contract/rpc/main-contract';
import { formatRecipe, parseRecipe } from '../contract/recipe-line';
import type { AppState } from '../contract/workspace';
import { loadExamples } from '../engine/console/query-files';
import { previewRecipe } from '../engine/generation/plan/preview';
import { folderShards } from '../engine/publish/folder-shards';
import type { Observable } from '../engine/observable';
import { appActionsOf } from './window/app-actions';
import type { ClusterService } from './cluster/cluster-service';
import type { ExportService } from './workspace/export-service';
import type { GenerationService } from './generation/generation-service';
import type { ConsoleFiles } from './workspace/console-files';
import { logLines } from './logs/log-lines';
import { logNames, logsFolder } from './logs/logs';
import type { Preferences } from './user-data/preferences';
import { examplesFolder } from './system/resources';
import { reportErrors, reportStreamErrors } from './system/rpc';
import { openSample } from './generation/sample-workspace';
import type { WarehouseSupervisor } from './supervisor/supervisor';
import type { WorkspaceService } from './workspace/workspace-service';

interface MainServices {
  readonly appState: Observable<AppState>;
  readonly preferences: Preferences;
  readonly workspaces: WorkspaceService;
  readonly supervisor: WarehouseSupervisor;
  readonly clusters: ClusterService;
  readonly generation: GenerationService;
  readonly exports: ExportService;
  readonly files: ConsoleFiles;
  /** The last click in the menu; null if there was none. */
  readonly commands: Observable<Command | null>;
  readonly window: BrowserWindow;
}

const mainProcedures = () => implement(mainContract).use(reportErrors);

/** Implements the main contract for one window. */
export function mainRouter(services: MainServices) {
  const { appState, preferences, workspaces, supervisor, generation, exports, files, commands, window } = services;
  const contract = mainProcedures();
  const appActions = appActionsOf(workspaces);
  const firstCommand = (commands.value?.serial ?? 0) + 1;
  return contract.router({
    app: {
      watch: contract.app.watch.handler(({ signal }) => appState.follow(signal)),
      changeSettings: contract.app.changeSettings.handler(({ input }) => preferences.change(input)),
      commands: contract.app.commands.handler(({ signal }) => commandsFrom(firstCommand, commands.follow(signal))),
      perform: contract.app.perform.handler(async ({ input }) => void (await appActions[input.action](window))),
      versions: contract.app.versions.handler(() => ({
        app: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
      })),
      logLines: contract.app.logLines.handler(({ input }) => logLines(logsFolder(), logNames, input)),
    },
    workspace: {
      open: contract.workspace.open.handler(({ input }) => workspaces.open(input.folder)),
      openSample: contract.workspace.openSample.handler(() => openSample(workspaces, generation, supervisor)),
      choose: contract.workspace.choose.handler(() => workspaces.choose(window)),
      allowLink: contract.workspace.allowLink.handler(({ input }) => workspaces.allowLink(input)),
      dismissNotices: contract.workspace.dismissNotices.handler(() => workspaces.dismissNotices()),
      reveal: contract.workspace.reveal.handler(({ input }) => workspaces.reveal(input.path)),
      restartWarehouse: contract.workspace.restartWarehouse.handler(() => supervisor.restart()),
      forceStopWarehouse: contract.workspace.forceStopWarehouse.handler(({ input }) => supervisor.forceStop(input)),
    },
    cluster: clusterRouter(contract.cluster, services),
    console: {
      load: contract.console.load.handler(() => files.store.load()),
      saveTabs: contract.console.saveTabs.handler(({ input }) => files.store.saveTabs(input)),
      saveText: contract.console.saveText.handler(({ input }) => files.store.saveText(input.id, input.text)),
      record: contract.console.record.handler(({ input }) => files.store.record(input)),
      history: contract.console.history.handler(({ input }) => files.store.history(input.search, input.limit)),
      examples: contract.console.examples.handler(() => loadExamples(examplesFolder)),
    },
    queries: {
      watch: contract.queries.watch.handler(({ signal }) => reportStreamErrors(files.queries.follow(signal))),
      read: contract.queries.read.handler(({ input }) => files.queries.read(input.name)),
      save: contract.queries.save.handler(({ input }) => files.queries.save(input.name, input.sql, input)),
      rename: contract.queries.rename.handler(({ input }) => files.queries.rename(input.from, input.to)),
      remove: contract.queries.remove.handler(({ input }) => files.queries.remove(input.name)),
    },
    generation: generationRouter(contract.generation, generation),
    exports: {
      choose: contract.exports.choose.handler(({ input }) => exports.choose(window, input.name, input.format)),
      finish: contract.exports.finish.handler(({ input }) => exports.finish(input.exportId)),
      reveal: contract.exports.reveal.handler(({ input }) => exports.reveal(input.exportId)),
      open: contract.exports.open.handler(({ input }) => exports.open(input.exportId)),
      copyText: contract.exports.copyText.handler(({ input }) => clipboard.writeText(input.text)),
      discard: contract.exports.discard.handler(({ input }) => exports.discard(input.exportId)),
      savePicture: contract.exports.savePicture.handler(({ input }) =>
        exports.savePicture(window, input.name, input.picture),
      ),
    },
  });
}

type MainContractImplementer = ReturnType<typeof mainProcedures>;

function generationRouter(contract: MainContractImplementer['generation'], generation: GenerationService) {
  return {
    suggest: contract.suggest.handler(() => generation.suggest()),
    start: contract.start.handler(({ input: { confirmed, ...request } }) => generation.start(request, confirmed)),
    advance: contract.advance.handler(({ input }) => generation.advance(input.days, input.confirmed)),
    cancel: contract.cancel.handler(() => generation.cancel()),
    repeatDay: contract.repeatDay.handler(({ input }) => generation.repeatDay(input.date)),
    watch: contract.watch.handler(({ signal }) => generation.state.follow(signal)),
    history: contract.history.handler(() => generation.history()),
    estimate: contract.estimate.handler(({ input }) => generation.estimate(input)),
    preview: contract.preview.handler(({ input }) => previewRecipe(input)),
    shards: contract.shards.handler(({ input: { folder, recipe, of } }) => folderShards(folder, recipe, of)),
    formatRecipe: contract.formatRecipe.handler(({ input }) => formatRecipe(input)),
    parseRecipe: contract.parseRecipe.handler(({ input }) => parseRecipe(input)),
  };
}

function clusterRouter(contract: MainContractImplementer['cluster'], { clusters, window }: MainServices) {
  return {
    save: contract.save.handler(({ input }) => clusters.save(input)),
    forget: contract.forget.handler(() => clusters.forget()),
    choose: contract.choose.handler(({ input }) => clusters.choose(input.on)),
    chooseCaFile: contract.chooseCaFile.handler(async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose the certificate authority of the cluster',
        filters: [
          { name: 'Certificates', extensions: ['pem', 'crt', 'cer'] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile'],
      });
      return filePaths[0] ?? null;
    }),
    test: contract.test.handler(({ input, signal }) => clusters.test(input, signal)),
    setUpPlan: contract.setUpPlan.handler(({ input }) => clusters.setUpPlan(input)),
    setUp: contract.setUp.handler(({ input, signal }) => clusters.setUp(input, signal)),
  };
}

/** A page must not run a click that was meant for the page before. */
async function* commandsFrom(
  first: number,
  commands: AsyncIterable<Command | null>,
): AsyncGenerator<Command, void, void> {
  for await (const command of commands) if (command && command.serial >= first) yield command;
}
