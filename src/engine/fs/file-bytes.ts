import { stat } from 'node:fs/promises';

/** Size of a file in bytes; 0 if it doesn't exist. */
export async function fileBytes(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
