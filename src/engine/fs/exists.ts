import { stat } from 'node:fs/promises';

/** Whether a file or folder exists at that path; follows links. */
export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
