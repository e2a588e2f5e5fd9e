import { stat } from 'node:fs/promises';

/** Whether a file or folder exists at that path; follows links. */
export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Size of a file in bytes; 0 if it doesn't exist. */
export async function fileBytes(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
