/**
 * The text of a file that people or other programs write: UTF-8, or UTF-16 where it begins with that mark, as some
 * editors and shells on Windows write it. The mark at the beginning is no part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : isBigEndian(bytes) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function isBigEndian(bytes: Uint8Array): boolean {
  return bytes[0] === 0xfe && bytes[1] === 0xff;
}
