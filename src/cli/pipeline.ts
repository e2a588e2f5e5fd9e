import type { Workspace } from '../engine/workspace';
import type { CommandContext, PipelineOptions } from './context';
import { describeRun, generate } from './generate';
import { describePublished, withPublished } from './publish';
import { tellGuard } from './output/guard-messages';
import { print, printJson } from './output/output';
import { withResult } from './query';
import { describeRefresh, refresh, withoutAnswers, withWarehouse } from './refresh';
import { printTable, readRowsAsJson } from './output/result-rows';
import { namedWorkspace } from './workspace';

const weeklyActiveTeams = 'SELECT * FROM gold_weekly_active_teams ORDER BY week';

/** Generates, refreshes, and prints the weekly active teams and the paths of everything. */
export async function pipelineCommand(options: PipelineOptions, context: CommandContext): Promise<void> {
  const workspace = await namedWorkspace(options);
  tellGuard({ type: 'patience', wanted: true });
  const { run, published } = await generate(options, context);
  tellGuard({ type: 'patience', wanted: false });
  const refreshed = await withWarehouse(workspace, context, (warehouse) => refresh(warehouse, context));
  const entry = options.hideAnswers ? withoutAnswers(refreshed) : refreshed;
  if (options.json) {
    const weeks = await withResult(workspace, weeklyActiveTeams, context, readRowsAsJson);
    const document = { workspace: places(workspace), run, refresh: entry, weeklyActiveTeams: weeks };
    return printJson(withPublished(document, published));
  }
  await print(
    describeRun(run, workspace),
    ...describePublished(published),
    ...describeRefresh(entry, workspace),
    '',
    'Weekly active teams',
  );
  await withResult(workspace, weeklyActiveTeams, context, printTable);
  await print('', ...Object.entries(places(workspace)).map(([name, place]) => `${name.padEnd(9)} ${place}`));
}

function places({ folder, eventsFolder, database, exportsFolder }: Workspace): Record<string, string> {
  return { workspace: folder, events: eventsFolder, database, exports: exportsFolder };
}
