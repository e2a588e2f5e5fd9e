import { daysBetween } from './calendar';
import { z } from 'zod';

/** Limits that keep a typo from filling a disk; raise them when someone needs more. */
export const generationLimits = {
  rows: 1_000_000_000,
  users: 100_000_000,
  teams: 10_000_000,
  seed: 4_294_967_295,
  workers: 64,
  days: 36_600,
  shards: 1_000,
  rowGroupRows: { min: 2_048, max: 1_228_800 },
  weight: 10,
  messRate: 0.5,
  launchFactor: { min: 1.05, max: 10 },
} as const;

export function wholeNumber(name: string, min: number, max: number) {
  // Created on first use: formatting the first number takes 10 ms, which every process that loads the schemas would
  // pay.
  const range = () => `${name} must be a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`;
  return z.number({ error: range }).int({ error: range }).min(min, { error: range }).max(max, { error: range });
}

function decimal(name: string, min: number, max: number) {
  const error = `${name} must be a number from ${min} to ${max}.`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

function day(name: string) {
  return z.iso.date({ error: `${name} must be a date in the form YYYY-MM-DD.` });
}

/** User actions, in the order of the specification. */
export const eventNames = [
  'page_view', 'button_click', 'form_submit', 'video_play', 'video_pause', 'add_to_cart', 'remove_from_cart',
  'checkout', 'purchase', 'sign_up', 'sign_in', 'sign_out', 'search', 'filter_apply', 'share',
] as const; // prettier-ignore

export type EventName = (typeof eventNames)[number];

/**
 * *uniform*: each column uniform and independent of the others; *realistic*: events as a real product produces them.
 */
export const profiles = ['realistic', 'uniform'] as const;
export type Profile = (typeof profiles)[number];

export const compressions = ['snappy', 'zstd', 'none'] as const;
export type Compression = (typeof compressions)[number];

/** Planted facts, to be found in the charts. Realistic profile only. */
export const plantedFactsSchema = z.object({
  /** From that day there are `factor` times as many events. */
  launch: z
    .object({
      date: day('Launch'),
      factor: decimal('Launch factor', generationLimits.launchFactor.min, generationLimits.launchFactor.max),
    })
    .nullable()
    .default(null),
  /** A day with almost no events. */
  outage: z
    .object({ date: day('Outage') })
    .nullable()
    .default(null),
  /** All teams that signed up in a month (`YYYY-MM`) leave on a given day. */
  churn: z
    .object({
      signedUp: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'The sign-up month of the churning teams must be in the form YYYY-MM.'),
      date: day('Churn'),
    })
    .nullable()
    .default(null),
});

export type PlantedFacts = z.output<typeof plantedFactsSchema>;

const rate = (name: string) => decimal(name, 0, generationLimits.messRate).default(0);

/** Intentional errors in the data: shares of the rows, 0 for none. */
export const messSchema = z.object({
  /** `user_id` is null. */
  nullUsers: rate('Null users'),
  /** `properties` is the empty string. */
  emptyProperties: rate('Empty properties'),
  /** The row duplicates another one of its day in every column. */
  duplicates: rate('Duplicates'),
  /** The event happened one to seven days before the day of the file that contains it. */
  lateEvents: rate('Late events'),
  /** `properties` isn't valid JSON. */
  malformedJson: rate('Malformed JSON'),
  /** From that day, this share of the rows has a key that the specification does not have, `app_version`. */
  schemaDrift: z
    .object({ date: day('Schema drift'), rate: decimal('Schema drift', 0.0001, 1) })
    .nullable()
    .default(null),
});

export type Mess = z.output<typeof messSchema>;

const weightsSchema = z
  .partialRecord(z.enum(eventNames), decimal('An event weight', 0, generationLimits.weight))
  .refine((weights) => eventNames.some((name) => (weights[name] ?? 1) > 0), {
    error: 'At least one event must have a weight above 0.',
  });

/**
 * Continues another recipe: the same teams and users, the same growth, other rows. `start` and `end` are those of the
 * first recipe, on which all lifetimes are laid out; `firstRow` is the number of rows made so far.
 */
export const continuesSchema = z.object({
  start: day('Start'),
  end: day('End'),
  firstRow: z.int().positive(),
});

/**
 * A recipe as logs and journals store it. Values that were once accepted are never rejected here: a run with an
 * unreadable line would be forgotten, and one that was killed would be undone instead of finished.
 */
export const recordedRecipeSchema = z
  .object({
    profile: z.enum(profiles).default('realistic'),
    rows: wholeNumber('Rows', 1, generationLimits.rows).default(1_000_000),
    start: day('Start').default('2023-01-01'),
    end: day('End').default('2025-12-31'),
    users: wholeNumber('Users', 1, generationLimits.users).default(100_000),
    teams: wholeNumber('Teams', 1, generationLimits.teams).default(1_000),
    seed: wholeNumber('Seed', 0, generationLimits.seed).default(42),
    /** How often an event happens, relative to the default of the profile; 1 if omitted. */
    weights: weightsSchema.default({}),
    planted: plantedFactsSchema.default(plantedFactsSchema.parse({})),
    mess: messSchema.default(messSchema.parse({})),
    compression: z.enum(compressions).default('snappy'),
    rowGroupRows: wholeNumber(
      'Row group rows',
      generationLimits.rowGroupRows.min,
      generationLimits.rowGroupRows.max,
    ).default(122_880),
    continues: continuesSchema.nullable().default(null),
  })
  // Invalid dates were reported by `day()`. They make daysBetween() NaN, so neither refinement below adds a second
  // issue.
  .refine(({ start, end }) => !(daysBetween(start, end) < 1), { path: ['end'], error: "End can't be before start." })
  .refine(({ start, end }) => !(daysBetween(start, end) > generationLimits.days), {
    path: ['end'],
    error: () => `The date range may span at most ${generationLimits.days.toLocaleString('en')} days.`,
  })
  .refine(
    ({ profile, planted: { launch, outage, churn } }) => profile === 'realistic' || !(launch ?? outage ?? churn),
    { path: ['planted'], error: 'A launch, an outage and churn need the realistic profile.' },
  );

export type Recipe = z.output<typeof recordedRecipeSchema>;

/** A recipe as entered by a user: it decides the files, and the same recipe always gives the same bytes. */
export const recipeSchema = recordedRecipeSchema.superRefine((recipe, context) => {
  for (const { path, error } of misplacedFacts(recipe))
    context.addIssue({ code: 'custom', path: [...path], message: error });
});

interface Misplaced {
  readonly path: readonly string[];
  readonly error: string;
}

/** Planted facts that would never show, because their day is outside of the data. */
function misplacedFacts({ start, end, continues, planted, mess }: Recipe): Misplaced[] {
  // Appended days keep the facts of the first recipe.
  const first = continues?.start ?? start;
  if (first > end) return [];
  const { launch, outage, churn } = planted;
  const dates = [
    ['Launch', ['planted', 'launch', 'date'], launch?.date],
    ['Outage', ['planted', 'outage', 'date'], outage?.date],
    ['Churn', ['planted', 'churn', 'date'], churn?.date],
    ['Schema drift', ['mess', 'schemaDrift', 'date'], mess.schemaDrift?.date],
  ] as const;
  const misplaced: Misplaced[] = dates
    .filter(([, , date]) => date !== undefined && (date < first || date > end))
    .map(([name, path]) => ({ path, error: `${name} must be a date from ${first} to ${end}.` }));
  const problem = churn && monthProblem(churn, first, end);
  if (problem) misplaced.push({ path: ['planted', 'churn', 'signedUp'], error: problem });
  return misplaced;
}

function monthProblem({ signedUp, date }: { signedUp: string; date: string }, first: string, end: string) {
  const [from, to] = [first.slice(0, 7), end.slice(0, 7)];
  if (signedUp < from || signedUp > to)
    return `The sign-up month of the churning teams must be from ${from} to ${to}; nobody signs up in other months.`;
  return date <= `${signedUp}-01` ? 'The churning teams must sign up before they leave.' : null;
}
