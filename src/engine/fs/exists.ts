import { stat } from 'node:fs/promises';

/** Whether there is a file or folder of that path; links are followed. */
export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
