import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { suggestSeed } from '../../engine/commit/run-log';
import { QueryFiles } from '../../engine/console/query-files';
import { makeFolder } from '../../engine/fs/folder';
import { asNobody } from '../../engine/testing/as-nobody';
import { temporaryWorkspace } from '../../engine/testing/temporary-workspace';
import { reportErrors, reportStreamErrors } from './rpc';

test.runIf(process.platform === 'linux')('a folder that may not be read is named to the window', async () => {
  const workspace = await temporaryWorkspace();
  const queries = new QueryFiles(workspace);
  for (const folder of [workspace.queriesFolder, workspace.eventsFolder]) await makeFolder(folder);
  await asNobody(workspace.folder, async () => {
    for (const folder of [workspace.queriesFolder, workspace.eventsFolder]) await chmod(folder, 0o000);
    const refused = (folder: string) => ({
      code: 'WORKSPACE_READ_ONLY',
      message: `Micro Warehouse has no permission to read ${folder}.`,
      data: { action: expect.stringContaining('Give yourself read and write permission') },
    });
    await expect(reportErrors({ next: () => suggestSeed(workspace) })).rejects.toMatchObject(
      refused(workspace.eventsFolder),
    );
    await expect(reportErrors({ next: () => queries.list() })).rejects.toMatchObject(refused(workspace.queriesFolder));
    await expect(reportStreamErrors(queries.follow()).next()).rejects.toMatchObject({ code: 'WORKSPACE_READ_ONLY' });
    for (const folder of [workspace.queriesFolder, workspace.eventsFolder]) await chmod(folder, 0o755);
  });
});
