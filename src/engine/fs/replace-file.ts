import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Puts a text in the place of a file in one step: after a crash there is the old text or the new one, whole. For files
 * of the app's own; `WorkspaceFiles` writes those of a workspace. One call at a time for one file.
 * @param file its folder must exist
 * @param onDisk waits until the disk has the text, so that a power cut leaves one of the two as well
 * @throws the system's error; the old file is there then
 */
export async function replaceFile(file: string, text: string, { onDisk }: { onDisk: boolean }): Promise<void> {
  const aside = `${file}.new`;
  // What a killed app has left, whatever it is.
  await rm(aside, { recursive: true, force: true });
  try {
    const handle = await open(aside, 'wx');
    try {
      await handle.writeFile(text);
      if (onDisk) await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** The same at once, for the moment in which a window closes; not waiting for the disk. @throws the system's error */
export function replaceFileSync(file: string, text: string): void {
  const aside = `${file}.new`;
  rmSync(aside, { recursive: true, force: true });
  try {
    writeFileSync(aside, text, { flag: 'wx' });
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}
