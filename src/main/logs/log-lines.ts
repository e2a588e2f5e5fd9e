import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Lines written shortly after a job's end still belong to it. */
const graceMs = 500;
/** More than a person reads; the log files have the rest. */
const maxLines = 500;

/** Lines of all log files from a time span, in order, each with the process that wrote it. */
export async function logLines(
  folder: string,
  names: readonly string[],
  span: { readonly from: string; readonly to: string },
): Promise<{ lines: string[]; leftOut: number }> {
  const from = Date.parse(span.from);
  const to = Date.parse(span.to) + graceMs;
  const found = await Promise.all(names.map((name) => linesOf(folder, name)));
  const lines = found
    .flat()
    .filter(({ at }) => at >= from && at <= to)
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text);
  return { lines: lines.slice(0, maxLines), leftOut: Math.max(0, lines.length - maxLines) };
}

interface Line {
  readonly at: number;
  readonly text: string;
}

/** The lines of a log and of its rotated predecessor; lines without a time belong to the line above. */
async function linesOf(folder: string, name: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const file of [`${name}.old.log`, `${name}.log`]) {
    const text = await readFile(path.join(folder, file), 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const [, day, time, level = '', said = ''] =
        /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3}) \[(\w+)\]\s+(.*)$/.exec(line) ?? [];
      const before = lines.at(-1);
      // Log times have no zone: they are in this machine's local time.
      if (day && time) lines.push({ at: Date.parse(`${day}T${time}`), text: `${time} ${name} [${level}] ${said}` });
      else if (line !== '' && before) lines.push({ at: before.at, text: `  ${line}` });
    }
  }
  return lines;
}
