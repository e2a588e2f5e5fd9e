import { AppError } from '../../contract/app-error';

/** The comment header of a `.sql` file: `-- key: value` lines before its first statement. */
export interface SqlHeader {
  /** The value of a key; null if it is missing. */
  optional(key: string): string | null;
  /** @throws AppError MODEL_INVALID if the key is missing */
  required(key: string): string;
  /** One of `allowed`. @throws AppError MODEL_INVALID with the line of the key */
  choice<T extends string>(key: string, allowed: readonly T[]): T;
  /** A comma-separated list; empty if the key is missing. */
  list(key: string): string[];
  /** Line of a key, for errors about its value; 1 if the key is missing. */
  lineOf(key: string): number;
  /** Names and meanings of the indented lines below `columns`. */
  readonly columns: { name: string; meaning: string }[];
  /** Names and defaults of the indented lines below `parameters`. */
  readonly parameters: { name: string; written: string }[];
}

const headerLine = /^--\s?(?<indent>\s*)(?<key>[\p{L}\p{N}_][\p{L}\p{N}_ ]*?)\s*:\s*(?<value>.*)$/u;

/**
 * Reads the header of `sql`.
 * @param keys the allowed keys
 * @param file for messages only
 * @param strict whether a comment line that isn't `-- key: value` is an error or just a comment
 * @throws AppError MODEL_INVALID with the file and the line
 */
export function parseHeader(sql: string, keys: readonly string[], file: string, strict = true): SqlHeader {
  const found = new Map<string, { value: string; line: number }>();
  const columns: SqlHeader['columns'] = [];
  const parameters: SqlHeader['parameters'] = [];
  let block = '';
  for (const [index, text] of sql.split(/\r?\n/).entries()) {
    if (!text.startsWith('--')) break;
    const line = index + 1;
    const { indent, key, value } = headerLine.exec(text)?.groups ?? {};
    if (key !== undefined && value !== undefined && indent && block === 'parameters') {
      parameters.push({ name: key, written: value.trim() });
    } else if (key !== undefined && value !== undefined && indent && found.has('columns')) {
      columns.push({ name: key, meaning: value });
    } else if (key !== undefined && value !== undefined && keys.includes(key.toLowerCase())) {
      if (found.has(key.toLowerCase())) throw invalid(file, line, `"${key}" occurs twice`);
      block = key.toLowerCase();
      found.set(block, { value: value.trim(), line });
    } else if (strict) {
      throw invalid(
        file,
        line,
        key ? `"${key}" isn't one of ${keys.join(', ')}` : `"${text}" isn't a "-- key: value" line`,
      );
    }
  }
  return accessors(found, { columns, parameters }, file);
}

function accessors(
  found: ReadonlyMap<string, { value: string; line: number }>,
  blocks: Pick<SqlHeader, 'columns' | 'parameters'>,
  file: string,
): SqlHeader {
  const optional = (key: string) => found.get(key)?.value ?? null;
  const lineOf = (key: string) => found.get(key)?.line ?? 1;
  const required = (key: string) => {
    const value = optional(key);
    if (!value) throw invalid(file, lineOf(key), `its header has no "${key}"`);
    return value;
  };
  return {
    ...blocks,
    optional,
    required,
    lineOf,
    choice: (key, allowed) => {
      const value = required(key);
      const known = allowed.find((candidate) => candidate === value);
      if (!known) throw invalid(file, lineOf(key), `"${value}" isn't one of ${allowed.join(', ')}`);
      return known;
    },
    list: (key) => (optional(key) ?? '').split(',').flatMap((item) => item.trim() || []),
  };
}

/** The error for a shipped or user `.sql` file that can't be used. */
export function invalid(file: string, line: number, reason: string, cause?: string): AppError {
  return new AppError('MODEL_INVALID', `The model ${file} is not valid (line ${line}): ${reason}.`, {
    action: 'Fix the file and refresh again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
