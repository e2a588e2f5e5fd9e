import { once } from 'node:events';

/** A reader that has seen enough (`| head`) closes the pipe: an end like any other, not an error. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
}

/** Writes to standard output, as fast as its reader takes it. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export function print(...lines: readonly string[]): Promise<void> {
  return write(lines.map((line) => `${line}\n`).join(''));
}

/** Writes to standard error, where all goes that is not the command's result. */
export function note(...lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
}

export function printJson(document: unknown): Promise<void> {
  return print(JSON.stringify(document, null, 2));
}
