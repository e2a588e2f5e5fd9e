import { generationRequestSchema, type GenerationRequest, type WriteMode } from '../../../contract/generation';
import { addDays, daysBetween } from '../../../contract/calendar';
import { eventNames, type Compression, type EventName, type Profile, type Recipe } from '../../../contract/recipe';
import { fieldOfIssue, type RateField, rateFields, type TextField } from './form-fields';
import { parseNumber, withSeparators } from '../format/formats';

/** The options as typed. Values without an input are passed on unchanged. */
export type GenerateForm = Readonly<Record<TextField, string>> & {
  readonly profile: Profile;
  readonly mode: WriteMode;
  readonly compression: Compression;
  readonly launch: boolean;
  readonly outage: boolean;
  readonly churn: boolean;
  readonly drift: boolean;
  readonly weights: Readonly<Record<EventName, string>>;
  readonly rest: { readonly continues: Recipe['continues']; readonly shard: GenerationRequest['shard'] };
};

export type FormErrors = Readonly<Record<string, string>>;

/** Formats a request as typed options. */
export function formOf({ recipe, workers, mode, shard }: GenerationRequest): GenerateForm {
  const { profile, compression, continues, weights } = recipe;
  return {
    profile,
    mode,
    compression,
    rows: writeNumber(recipe.rows),
    start: recipe.start,
    end: recipe.end,
    users: writeNumber(recipe.users),
    teams: writeNumber(recipe.teams),
    // Amounts get thousands separators; a seed does not.
    seed: String(recipe.seed),
    workers: String(workers),
    rowGroupRows: writeNumber(recipe.rowGroupRows),
    ...plantedOf(recipe),
    ...messOf(recipe),
    weights: weightsOf((name) => withSeparators(String(weights[name] ?? 1))),
    rest: { continues, shard },
  };
}

/** Parses a form: returns its request, or errors by field. */
export function readForm(
  form: GenerateForm,
):
  | { readonly request: GenerationRequest; readonly errors?: never }
  | { readonly errors: FormErrors; readonly request?: never } {
  const parsed = generationRequestSchema.safeParse({
    recipe: {
      profile: form.profile,
      rows: parseNumber(form.rows),
      start: form.start,
      end: form.end,
      users: parseNumber(form.users),
      teams: parseNumber(form.teams),
      seed: parseNumber(form.seed),
      compression: form.compression,
      rowGroupRows: parseNumber(form.rowGroupRows),
      planted: readPlanted(form),
      mess: readMess(form),
      weights: readWeights(form),
      continues: form.rest.continues,
    },
    workers: parseNumber(form.workers),
    mode: form.mode,
    shard: form.rest.shard,
  });
  if (parsed.success) return { request: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOfIssue(path);
    errors[field] ??= isRate(field) ? 'Enter a percentage from 0 to 50.' : message;
  }
  return { errors };
}

/** A day some way into the form's date range, as the default of a planted fact. */
export function dayWithin({ start, end }: GenerateForm, share: number): string {
  const days = daysBetween(start, end);
  return days > 0 ? addDays(start, Math.floor((days - 1) * share)) : start;
}

function plantedOf(recipe: Recipe) {
  const { launch, outage, churn } = recipe.planted;
  return {
    launch: launch !== null,
    launchDate: launch?.date ?? '',
    launchFactor: withSeparators(String(launch?.factor ?? 1.5)),
    outage: outage !== null,
    outageDate: outage?.date ?? '',
    churn: churn !== null,
    churnMonth: churn?.signedUp ?? '',
    churnDate: churn?.date ?? '',
  };
}

function messOf({ mess }: Recipe) {
  const { nullUsers, emptyProperties, duplicates, lateEvents, malformedJson, schemaDrift } = mess;
  return {
    nullUsers: writePercent(nullUsers),
    emptyProperties: writePercent(emptyProperties),
    duplicates: writePercent(duplicates),
    lateEvents: writePercent(lateEvents),
    malformedJson: writePercent(malformedJson),
    drift: schemaDrift !== null,
    driftDate: schemaDrift?.date ?? '',
    driftRate: writePercent(schemaDrift?.rate ?? 0.1),
  };
}

/** Facts can only be planted in the realistic profile. */
function readPlanted(form: GenerateForm) {
  const planted = form.profile === 'realistic';
  return {
    launch: planted && form.launch ? { date: form.launchDate, factor: parseNumber(form.launchFactor) } : null,
    outage: planted && form.outage ? { date: form.outageDate } : null,
    churn: planted && form.churn ? { signedUp: form.churnMonth, date: form.churnDate } : null,
  };
}

function readMess(form: GenerateForm) {
  return {
    nullUsers: readPercent(form.nullUsers),
    emptyProperties: readPercent(form.emptyProperties),
    duplicates: readPercent(form.duplicates),
    lateEvents: readPercent(form.lateEvents),
    malformedJson: readPercent(form.malformedJson),
    schemaDrift: form.drift ? { date: form.driftDate, rate: readPercent(form.driftRate) } : null,
  };
}

/** Weights other than 1. */
function readWeights({ weights }: GenerateForm) {
  const typed = eventNames.map((name) => [name, parseNumber(weights[name])] as const);
  return Object.fromEntries(typed.filter(([, weight]) => weight !== 1));
}

function weightsOf(write: (name: EventName) => string): Record<EventName, string> {
  return {
    page_view: write('page_view'),
    button_click: write('button_click'),
    form_submit: write('form_submit'),
    video_play: write('video_play'),
    video_pause: write('video_pause'),
    add_to_cart: write('add_to_cart'),
    remove_from_cart: write('remove_from_cart'),
    checkout: write('checkout'),
    purchase: write('purchase'),
    sign_up: write('sign_up'),
    sign_in: write('sign_in'),
    sign_out: write('sign_out'),
    search: write('search'),
    filter_apply: write('filter_apply'),
    share: write('share'),
  };
}

const isRate = (field: string): field is RateField => rateFields.some((name) => name === field);

const writeNumber = (value: number): string => withSeparators(value.toLocaleString('en'));

/** 0.015 as `1.5`, without the artefacts of binary fractions. */
const writePercent = (rate: number): string => withSeparators(String(Number((rate * 100).toPrecision(12))));

const readPercent = (text: string): number => Number((parseNumber(text) / 100).toPrecision(12));
