import { once } from 'node:events';
import { tellGuard } from './guard-messages';
import { terminalText } from './terminal-text';

/** A reader that has seen enough (`| head`) closes the pipe, which isn't an error. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  // There is nowhere left to report it.
  process.stderr.on('error', () => undefined);
}

let toldGuard = false;

/** Writes to standard output at the reader's pace, escaping everything that a terminal would interpret. */
export async function write(text: string): Promise<void> {
  if (!toldGuard) tellGuard({ type: 'output' });
  toldGuard = true;
  if (!process.stdout.write(terminalText(text))) await once(process.stdout, 'drain');
}

export function print(...lines: readonly string[]): Promise<void> {
  return write(textOf(lines));
}

/** Writes to standard error, which gets everything except the command's result. */
export function note(...lines: readonly string[]): void {
  process.stderr.write(terminalText(textOf(lines)));
}

export function printJson(document: unknown): Promise<void> {
  return write(`${JSON.stringify(document, null, 2)}\n`);
}

/**
 * Line breaks in a line come from messages of DuckDB and names of files and models. What follows them is indented, so
 * that it can't be taken for another line of this program.
 */
function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line.replaceAll('\n', '\n    ')}\n`).join('');
}
