import path from 'node:path';
import process from 'node:process';

import { inProject } from '../lib/paths.mjs';

/** Folder of the build that the smoke test drives, from the project. */
export const testBuildFolder = 'dist/test-build';

/**
 * The path of this system's packaged app after `npm run package`.
 *
 * @param {string} [output] electron-builder's output folder, from the project
 * @param {{ platform: NodeJS.Platform, arch: string }} [machine]
 */
export function packagedApp(output = 'dist', { platform, arch } = process) {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') {
    const folder = inProject(output, `mac${suffix}`, 'Micro Warehouse.app', 'Contents');
    return {
      folder,
      executable: path.join(folder, 'MacOS', 'Micro Warehouse'),
      resources: path.join(folder, 'Resources'),
    };
  }
  const windows = platform === 'win32';
  const folder = inProject(output, `${windows ? 'win' : 'linux'}${suffix}-unpacked`);
  return {
    folder,
    executable: path.join(folder, windows ? 'Micro Warehouse.exe' : 'micro-warehouse'),
    resources: path.join(folder, 'resources'),
  };
}
