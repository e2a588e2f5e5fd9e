import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * electron-builder calls this once a folder is packed. It keeps an app given by `electronDist` as it is, so the default
 * app of that runtime is removed here: nothing but our own archive must be there to load.
 *
 * @param {{ appOutDir: string, packager: { getResourcesDir: (folder: string) => string } }} context
 */
export default async function afterPack({ appOutDir, packager }) {
  await fs.rm(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
