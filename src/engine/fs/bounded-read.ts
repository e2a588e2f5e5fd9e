import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { hasCode } from './errno';

/** Why an existing file wasn't read. */
export type ReadRefusal = 'not a regular file' | 'too large' | 'a link';

/** The bytes of a small file, or the reason why there are none. */
export type BoundedRead =
  | {
      readonly status: 'read';
      readonly bytes: Buffer;
      /** Their offset in the file: more than 0 if only its end was read. */
      readonly offset: number;
    }
  | { readonly status: 'missing' }
  | { readonly status: 'refused'; readonly reason: ReadRefusal };

interface ReadOptions {
  /** Whether the file itself may be a symbolic link. */
  readonly follow?: boolean;
  /** Whether the end of a larger file is read instead of nothing. */
  readonly part?: 'whole' | 'end';
}

/**
 * Reads a regular file of at most `maxBytes`. Never blocks: a named pipe is refused without waiting for a writer, and a
 * file that grows while it is read is cut off at the limit.
 * @param file an absolute path whose folders the caller trusts or has checked
 * @throws the system's error if the file exists but can't be read (EACCES, EIO)
 */
export async function readBounded(
  file: string,
  maxBytes: number,
  { follow = false, part = 'whole' }: ReadOptions = {},
): Promise<BoundedRead> {
  let handle: FileHandle;
  try {
    // O_NONBLOCK and O_NOFOLLOW don't exist on Windows, which has neither named pipes in folders nor cheap links.
    const flags = (constants.O_NONBLOCK ?? 0) | (follow ? 0 : (constants.O_NOFOLLOW ?? 0));
    handle = await open(file, constants.O_RDONLY | flags);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return { status: 'missing' };
    if (hasCode(error, 'ELOOP')) return { status: 'refused', reason: 'a link' };
    // Linux can't open a socket; macOS and FreeBSD report that it isn't supported.
    if (hasCode(error, 'ENXIO', 'EOPNOTSUPP', 'EISDIR')) return { status: 'refused', reason: 'not a regular file' };
    throw error;
  }
  try {
    const found = await handle.stat();
    if (!found.isFile()) return { status: 'refused', reason: 'not a regular file' };
    if (found.size > maxBytes && part === 'whole') return { status: 'refused', reason: 'too large' };
    const size = Math.min(found.size, maxBytes);
    const offset = found.size - size;
    return { status: 'read', bytes: await readFrom(handle, offset, size), offset };
  } finally {
    await handle.close();
  }
}

/** The bytes of an open file from an offset; fewer if it is shorter. */
export async function readFrom(handle: FileHandle, offset: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
