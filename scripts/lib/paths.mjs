import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, wherever it was cloned and whatever the current folder is. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * @param {...string} parts path below the project's folder
 * @returns {string} the absolute path
 */
export function inProject(...parts) {
  return path.join(projectRoot, ...parts);
}
