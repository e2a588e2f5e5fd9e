import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Replaces the text of a file in one step: after a crash it has the old text or the new one. For the app's own files;
 * `WorkspaceFiles` writes those of a workspace. One call at a time per file.
 * @param file its folder must exist
 * @param onDisk flushes the text to the disk, so that this also holds after a power cut
 * @throws the system's error; the old file is unchanged then
 */
export async function replaceFile(file: string, text: string, { onDisk }: { onDisk: boolean }): Promise<void> {
  const aside = `${file}.new`;
  // A leftover of a killed app.
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

/** The same, synchronously and without flushing, for the moment when a window closes. @throws the system's error */
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
