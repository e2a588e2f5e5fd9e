import type { z } from 'zod';
import type { ReadRefusal } from './bounded-read';
import type { WorkspaceFiles } from './workspace-files';

/** The data of a file that this program wrote, or the reason why there is none. */
export type JsonRead<T> =
  | { readonly status: 'read'; readonly value: T }
  | { readonly status: 'missing' }
  | { readonly status: 'refused'; readonly reason: ReadRefusal | 'damaged' };

/** Reads a small JSON file that this program wrote, without trusting it: a stranger may have replaced it. */
export async function readJson<T>(
  files: WorkspaceFiles,
  file: string,
  maxBytes: number,
  schema: z.ZodType<T>,
): Promise<JsonRead<T>> {
  const read = await files.readOwn(file, maxBytes);
  if (read.status !== 'read') return read;
  const parsed = schema.safeParse(parseJson(read.bytes.toString('utf8')));
  return parsed.success ? { status: 'read', value: parsed.data } : { status: 'refused', reason: 'damaged' };
}

/** Parses JSON; undefined, which JSON doesn't have, for invalid text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
