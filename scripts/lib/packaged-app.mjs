import path from 'node:path';
import process from 'node:process';

import { inProject } from './paths.mjs';

/** Where the packaged app of this system lies after `npm run package`. */
export function packagedApp({ platform, arch } = process) {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') {
    const folder = inProject('dist', `mac${suffix}`, 'Micro Warehouse.app', 'Contents');
    return {
      folder,
      executable: path.join(folder, 'MacOS', 'Micro Warehouse'),
      resources: path.join(folder, 'Resources'),
    };
  }
  const windows = platform === 'win32';
  const folder = inProject('dist', `${windows ? 'win' : 'linux'}${suffix}-unpacked`);
  return {
    folder,
    executable: path.join(folder, windows ? 'Micro Warehouse.exe' : 'micro-warehouse'),
    resources: path.join(folder, 'resources'),
  };
}
