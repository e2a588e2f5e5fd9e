/**
 * JSON as it stands in a text. `JSON.parse` would round numbers, leave out keys that are there twice and put keys that
 * look like numbers first; a tree of this shows what the text says.
 */
export type JsonText =
  | { readonly kind: 'string'; readonly value: string; readonly source: string }
  /** A number, `true`, `false`, `null`, or what DuckDB also takes for a number, such as `NaN`. */
  | { readonly kind: 'word'; readonly source: string }
  | { readonly kind: 'array'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] };

export interface JsonEntry {
  /** The key of an object, or the index in an array. */
  readonly step: string | number;
  /** Its place among the entries, from 0. */
  readonly place: number;
  /** Whether an earlier entry has the same key: a path leads to that one. */
  readonly hidden: boolean;
  readonly value: JsonText;
}

/** A string, a bracket or another sign, or a word. */
const tokenPattern = /\s*("(?:[^"\\]|\\[^])*"|[[\]{},:]|[^\s"[\]{},:]+)/y;

/** Reads a JSON text as DuckDB does, with commas before a closing bracket. Null for what is cut off or no JSON. */
export function readJsonText(text: string): JsonText | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  const reader = new Reader(tokens);
  const value = reader.value();
  return value && reader.atEnd ? value : null;
}

function tokensOf(text: string): string[] | null {
  const pattern = new RegExp(tokenPattern);
  const end = text.trimEnd().length;
  const tokens: string[] = [];
  while (pattern.lastIndex < end) {
    const [, token] = pattern.exec(text) ?? [];
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

class Reader {
  #next = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.#next === this.tokens.length;
  }

  /** The value that begins here; null where there is none. */
  value(): JsonText | null {
    const token = this.tokens[this.#next];
    if (token === undefined) return null;
    this.#next += 1;
    if (token === '{' || token === '[') return this.#entries(token);
    if (token.startsWith('"')) return textOf(token);
    return /^[\]},:]$/.test(token) ? null : { kind: 'word', source: token };
  }

  #entries(open: '{' | '['): JsonText | null {
    const [kind, close] = open === '{' ? (['object', '}'] as const) : (['array', ']'] as const);
    const entries: JsonEntry[] = [];
    const keys = new Set<string | number>();
    while (!this.#take(close)) {
      const step = kind === 'object' ? this.#key() : entries.length;
      const value = step === null ? null : this.value();
      if (step === null || !value) return null;
      entries.push({ step, place: entries.length, hidden: keys.has(step), value });
      keys.add(step);
      if (!this.#take(',') && this.tokens[this.#next] !== close) return null;
    }
    return { kind, entries };
  }

  #key(): string | null {
    const token = this.tokens[this.#next] ?? '';
    const key = token.startsWith('"') ? textOf(token) : null;
    this.#next += 1;
    return key?.kind === 'string' && this.#take(':') ? key.value : null;
  }

  #take(token: string): boolean {
    if (this.tokens[this.#next] !== token) return false;
    this.#next += 1;
    return true;
  }
}

function textOf(source: string): JsonText | null {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? { kind: 'string', value, source } : null;
  } catch {
    return null;
  }
}
