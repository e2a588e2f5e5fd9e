import { stat } from 'node:fs/promises';

/** Size of a file in bytes; 0 where there is none. */
export async function fileBytes(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
