import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { readFrom } from './bounded-read';
import { hasCode } from './errno';

/**
 * A regular file that is open for reading. All reads see the same file, even if another one is renamed into its place
 * meanwhile.
 */
export class OpenedFile {
  #sha256: Promise<string> | null = null;

  private constructor(
    private readonly handle: FileHandle,
    /** Its size when it was opened. */
    readonly bytes: number,
  ) {}

  /**
   * Opens a file without following a link at its name and without waiting for a named pipe.
   * @param file an absolute path whose folders the caller trusts or has checked
   * @returns null if something else is there
   * @throws the system's error, such as ENOENT
   */
  static async open(file: string): Promise<OpenedFile | null> {
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
    const handle = await open(file, flags).catch((error: unknown) => {
      if (hasCode(error, 'ELOOP', 'ENXIO', 'EOPNOTSUPP', 'EISDIR')) return null;
      throw error;
    });
    const found = await handle?.stat();
    if (handle && found?.isFile()) return new OpenedFile(handle, found.size);
    await handle?.close();
    return null;
  }

  /** Its content from the start; the file stays open. */
  stream(): Readable {
    return this.handle.createReadStream({ start: 0, autoClose: false });
  }

  /** Its content as a whole, for a file that isn't large. */
  read(): Promise<Buffer> {
    return readFrom(this.handle, 0, this.bytes);
  }

  /** The checksum of its content, in hexadecimal digits. Read once. */
  sha256(): Promise<string> {
    this.#sha256 ??= sha256Of(this.stream());
    return this.#sha256;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** The checksum of everything that a stream delivers, in hexadecimal digits. */
export async function sha256Of(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of stream) hash.update(part);
  return hash.digest('hex');
}
