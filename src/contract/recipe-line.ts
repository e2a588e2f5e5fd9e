import type { z } from 'zod';
import { AppError } from './app-error';
import { eventNames, recipeSchema, type Recipe } from './recipe';

/*
 * A recipe as one line of text:
 *
 *   mw1 realistic rows=1000000 days=2023-01-01..2025-12-31 users=100000 teams=1000 seed=42 launch=2024-03-01*1.5
 *
 * The first word is the version, the second the profile, the rest `name=value` in any order. Options that decide the
 * size of the data are always written, the others only if they differ from the default.
 */

const version = 'mw1';
const copyAgain =
  'Copy the whole line again; it looks like: mw1 realistic rows=1000000 days=2023-01-01..2025-12-31 seed=42.';
const fixIt = 'Fix it in the recipe.';

type Input = z.input<typeof recipeSchema>;

interface Word {
  /** Null if the option is written only when it differs from the default. */
  readonly write: (recipe: Recipe) => string | null;
  /** Null where the text can't be read. Numbers are checked by the schema later. */
  readonly read: (text: string) => Input | null;
}

const words: Readonly<Record<string, Word>> = {
  rows: { write: ({ rows }) => String(rows), read: (text) => ({ rows: number(text) }) },
  days: {
    write: ({ start, end }) => `${start}..${end}`,
    read: (text) => parts(text, /^(.+)\.\.(.+)$/, ([start, end]) => ({ start, end })),
  },
  users: { write: ({ users }) => String(users), read: (text) => ({ users: number(text) }) },
  teams: { write: ({ teams }) => String(teams), read: (text) => ({ teams: number(text) }) },
  seed: { write: ({ seed }) => String(seed), read: (text) => ({ seed: number(text) }) },
  weights: { write: ({ weights }) => writeWeights(weights), read: readWeights },
  launch: {
    write: ({ planted: { launch } }) => launch && `${launch.date}*${launch.factor}`,
    read: (text) =>
      parts(text, /^(.+)\*(.+)$/, ([date, factor]) => ({ planted: { launch: { date, factor: number(factor) } } })),
  },
  outage: {
    write: ({ planted: { outage } }) => outage && outage.date,
    read: (date) => ({ planted: { outage: { date } } }),
  },
  churn: {
    write: ({ planted: { churn } }) => churn && `${churn.signedUp}@${churn.date}`,
    read: (text) => parts(text, /^(.+)@(.+)$/, ([signedUp, date]) => ({ planted: { churn: { signedUp, date } } })),
  },
  'null-users': rateWord('nullUsers'),
  'empty-properties': rateWord('emptyProperties'),
  duplicates: rateWord('duplicates'),
  'late-events': rateWord('lateEvents'),
  'malformed-json': rateWord('malformedJson'),
  'schema-drift': {
    write: ({ mess: { schemaDrift } }) => schemaDrift && `${schemaDrift.date}*${schemaDrift.rate}`,
    read: (text) =>
      parts(text, /^(.+)\*(.+)$/, ([date, rate]) => ({ mess: { schemaDrift: { date, rate: number(rate) } } })),
  },
  compression: {
    write: ({ compression }) => (compression === 'snappy' ? null : compression),
    read: (text) => {
      const compression = recipeSchema.shape.compression.safeParse(text);
      return compression.success ? { compression: compression.data } : null;
    },
  },
  'row-group-rows': {
    write: ({ rowGroupRows }) =>
      rowGroupRows === recipeSchema.shape.rowGroupRows.parse(undefined) ? null : String(rowGroupRows),
    read: (text) => ({ rowGroupRows: number(text) }),
  },
  continues: {
    write: ({ continues }) => continues && `${continues.start}..${continues.end}+${continues.firstRow}`,
    read: (text) =>
      parts(text, /^(.+)\.\.(.+)\+(.+)$/, ([start, end, firstRow]) => ({
        continues: { start, end, firstRow: number(firstRow) },
      })),
  },
};

/** One line of text that {@link parseRecipe} turns back into the same recipe. */
export function formatRecipe(recipe: Recipe): string {
  const written = Object.entries(words).flatMap(([name, { write }]) => {
    const value = write(recipe);
    return value === null ? [] : [`${name}=${value}`];
  });
  return [version, recipe.profile, ...written].join(' ');
}

/** @throws AppError INVALID_OPTIONS with the word that can't be used */
export function parseRecipe(line: string): Recipe {
  const [first = '', profile = '', ...rest] = line.trim().split(/\s+/);
  if (first !== version)
    throw invalid(`A recipe starts with ${version}; this one starts with "${first.slice(0, 20)}".`);
  const known = recipeSchema.shape.profile.safeParse(profile);
  if (!known.success) throw invalid(`"${profile.slice(0, 40)}" isn't a profile.`);
  const pairs = rest.map((word): [string, string | null] => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  const input = { profile: known.data, ...readWords(pairs) };
  const parsed = recipeSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(({ message }) => message).join('\n'), fixIt);
}

/**
 * Assembles a recipe from its words; the schema checks the values.
 * @param pairs the value is null if a word has no `=`
 * @throws AppError INVALID_OPTIONS for a word that is unknown, repeated or unreadable
 */
export function readWords(pairs: readonly (readonly [name: string, value: string | null])[]): Input {
  let input: Input = {};
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    const part = Object.hasOwn(words, name) && value ? words[name]?.read(value) : null;
    if (!part || seen.has(name)) throw invalid(`"${asWritten(name, value).slice(0, 60)}" can't be used in a recipe.`);
    seen.add(name);
    // Planted facts and mess are built up word by word.
    const planted = { ...input.planted, ...part.planted };
    input = { ...input, ...part, planted, mess: { ...input.mess, ...part.mess } };
  }
  return input;
}

/** The word as written in the recipe. */
const asWritten = (name: string, value: string | null): string => (value === null ? name : `${name}=${value}`);

function invalid(message: string, action = copyAgain): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}

type RateName = 'nullUsers' | 'emptyProperties' | 'duplicates' | 'lateEvents' | 'malformedJson';

function rateWord(name: RateName): Word {
  return {
    write: ({ mess }) => (mess[name] > 0 ? String(mess[name]) : null),
    read: (text) => ({ mess: { [name]: number(text) } }),
  };
}

function writeWeights(weights: Recipe['weights']): string | null {
  const written = eventNames.flatMap((name) => {
    const weight = weights[name] ?? 1;
    return weight === 1 ? [] : [`${name}:${weight}`];
  });
  return written.length > 0 ? written.join(',') : null;
}

function readWeights(text: string): Input | null {
  const weights: NonNullable<Input['weights']> = {};
  for (const item of text.split(',')) {
    const [typed, weight = '', ...more] = item.split(':');
    const name = eventNames.find((known) => known === typed);
    // Rejects two weights for one event: either could be meant.
    if (!name || more.length > 0 || Object.hasOwn(weights, name)) return null;
    weights[name] = number(weight);
  }
  return { weights };
}

function parts(
  text: string,
  pattern: RegExp,
  read: (values: readonly [string, string, string]) => Input,
): Input | null {
  const match = pattern.exec(text);
  return match && read([match[1] ?? '', match[2] ?? '', match[3] ?? '']);
}

/** NaN for a text that isn't a number; the schema reports it. */
function number(text: string): number {
  return /^-?\d[\d_]*(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
}
