/** Where runs are published: a folder that several machines share, or a place in object storage. */
export type PublishLocation =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Prefix of all keys, without a slash at its ends; empty for the whole bucket. */
      readonly prefix: string;
    };

/** Bytes that a key may have, less those of the longest name that is published. */
const longestPrefix = 800;

/**
 * Reads a location as typed: an absolute path of any system, or `s3://bucket/prefix`.
 * @returns null for anything else
 */
export function parseLocation(text: string): PublishLocation | null {
  const typed = text.trim();
  // oxlint-disable-next-line no-control-regex -- names with control characters are refused
  if (/[\u0000-\u001f\u007f]/.test(typed)) return null;
  const { bucket, prefix = '' } = /^s3:\/\/(?<bucket>[^/]*)(?:\/(?<prefix>.*))?$/.exec(typed)?.groups ?? {};
  if (bucket !== undefined) return s3Location(bucket, prefix);
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(typed) ? { kind: 'folder', folder: typed } : null;
}

function s3Location(bucket: string, typed: string): PublishLocation | null {
  const prefix = typed.replace(/^\/+|\/+$/g, '');
  const isPlain = prefix === '' || prefix.split('/').every((part) => !['', '.', '..'].includes(part));
  const isBucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket);
  return isBucket && isPlain && prefix.length <= longestPrefix ? { kind: 's3', bucket, prefix } : null;
}
