/**
 * Parses JSON without changing it. `JSON.parse` would round numbers, drop repeated keys and move numeric keys to the
 * front; this tree shows the text as it is.
 */
export type JsonText =
  | { readonly kind: 'string'; readonly value: string; readonly source: string }
  /** A number, `true`, `false`, `null`, or another number that DuckDB accepts, such as `NaN`. */
  | { readonly kind: 'word'; readonly source: string }
  | { readonly kind: 'array'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] };

export interface JsonEntry {
  /** The key of an object, or the index in an array. */
  readonly step: string | number;
  /** Its index among the entries. */
  readonly place: number;
  /** Whether an earlier entry has the same key: a path leads to that one. */
  readonly hidden: boolean;
  readonly value: JsonText;
}

/** A string, a bracket or another sign, or a word. */
const tokenPattern = /\s*("(?:[^"\\]|\\[^])*"|[[\]{},:]|[^\s"[\]{},:]+)/y;

/** Parses JSON as DuckDB does, with commas before a closing bracket. Null if it is cut off or invalid. */
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

  /** The value that starts here; null for none. */
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
