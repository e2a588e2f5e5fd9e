/**
 * Longest file name in bytes of UTF-8, extension included. Systems allow 255; copies, backups and programs that append
 * an ending need some of them.
 */
const maxNameBytes = 200;

/** Device names of Windows: no file can have one of them, whatever its extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)/i;

/** Characters that some system forbids; lone surrogates can't be written in UTF-8. */
const forbidden = /[/\\:*?"<>|\p{Cc}\p{Cs}]/u;

/**
 * The rule for all new files named by the user or after user data: every system accepts the name, so the folder can be
 * copied anywhere.
 * @param stem the name without its extension
 * @param extension with its dot
 * @returns why the name can't be used, as a sentence; null if it can
 */
export function fileNameProblem(stem: string, extension: string): string | null {
  if (stem.trim() === '') return "A name can't be empty.";
  if (forbidden.test(stem)) return 'A name can\'t contain / \\ : * ? " < > | or control characters.';
  if (/^[. ]|[. ]$/.test(stem)) return "A name can't start or end with a dot or a space.";
  if (deviceName.test(stem)) return `${stem} is a reserved name on Windows.`;
  const bytes = new TextEncoder().encode(stem + extension).length;
  return bytes > maxNameBytes ? `This name is too long: ${bytes} bytes; the limit is ${maxNameBytes}.` : null;
}

/**
 * Whether two names of files are one on some system: macOS and Windows ignore case, macOS also how an accented letter is
 * composed. A folder with both could not be copied there.
 */
export function isSameFileName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** To upper case first: some letters have one capital and two small forms. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * Makes a name that passes {@link fileNameProblem}.
 * @param title any text
 * @param extension with its dot
 */
export function fileNameOf(title: string, extension: string): string {
  const cleaned = title.replaceAll(new RegExp(forbidden, 'gu'), '-');
  // Cuts by whole characters, then trims the new end.
  const characters = Array.from(cleaned);
  let stem = trimmed(cleaned);
  while (new TextEncoder().encode(stem + extension).length > maxNameBytes) {
    characters.pop();
    stem = trimmed(characters.join(''));
  }
  if (stem === '') return `untitled${extension}`;
  return deviceName.test(stem) ? `_${stem}${extension}` : `${stem}${extension}`;
}

function trimmed(stem: string): string {
  return stem.replaceAll(/^[. ]+|[. ]+$/g, '');
}
