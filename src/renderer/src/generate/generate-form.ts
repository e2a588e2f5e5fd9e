import { generationRequestSchema, type GenerationRequest, type WriteMode } from '../../../contract/generation';
import { addDays, daysBetween } from '../../../contract/calendar';
import { eventNames, type Compression, type EventName, type Profile, type Recipe } from '../../../contract/recipe';
import { fieldOfIssue, type RateField, rateFields, type TextField } from './form-fields';
import type { Formats } from '../format/formats';

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
export function formOf({ recipe, workers, mode, shard }: GenerationRequest, formats: Formats): GenerateForm {
  const { profile, compression, continues, weights } = recipe;
  return {
    profile,
    mode,
    compression,
    rows: writeNumber(recipe.rows, formats),
    start: recipe.start,
    end: recipe.end,
    users: writeNumber(recipe.users, formats),
    teams: writeNumber(recipe.teams, formats),
    // Amounts get thousands separators; a seed does not.
    seed: String(recipe.seed),
    workers: String(workers),
    rowGroupRows: writeNumber(recipe.rowGroupRows, formats),
    ...plantedOf(recipe, formats),
    ...messOf(recipe, formats),
    weights: weightsOf((name) => formats.separated(String(weights[name] ?? 1))),
    rest: { continues, shard },
  };
}

/** Parses a form: returns its request, or errors by field. */
export function readForm(
  form: GenerateForm,
  formats: Formats,
):
  | { readonly request: GenerationRequest; readonly errors?: never }
  | { readonly errors: FormErrors; readonly request?: never } {
  const parsed = generationRequestSchema.safeParse({
    recipe: {
      profile: form.profile,
      rows: formats.parseNumber(form.rows),
      start: form.start,
      end: form.end,
      users: formats.parseNumber(form.users),
      teams: formats.parseNumber(form.teams),
      seed: formats.parseNumber(form.seed),
      compression: form.compression,
      rowGroupRows: formats.parseNumber(form.rowGroupRows),
      planted: readPlanted(form, formats),
      mess: readMess(form, formats),
      weights: readWeights(form, formats),
      continues: form.rest.continues,
    },
    workers: formats.parseNumber(form.workers),
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

function plantedOf(recipe: Recipe, formats: Formats) {
  const { launch, outage, churn } = recipe.planted;
  return {
    launch: launch !== null,
    launchDate: launch?.date ?? '',
    launchFactor: formats.separated(String(launch?.factor ?? 1.5)),
    outage: outage !== null,
    outageDate: outage?.date ?? '',
    churn: churn !== null,
    churnMonth: churn?.signedUp ?? '',
    churnDate: churn?.date ?? '',
  };
}

function messOf({ mess }: Recipe, formats: Formats) {
  const { nullUsers, emptyProperties, duplicates, lateEvents, malformedJson, schemaDrift } = mess;
  return {
    nullUsers: writePercent(nullUsers, formats),
    emptyProperties: writePercent(emptyProperties, formats),
    duplicates: writePercent(duplicates, formats),
    lateEvents: writePercent(lateEvents, formats),
    malformedJson: writePercent(malformedJson, formats),
    drift: schemaDrift !== null,
    driftDate: schemaDrift?.date ?? '',
    driftRate: writePercent(schemaDrift?.rate ?? 0.1, formats),
  };
}

/** Facts can only be planted in the realistic profile. */
function readPlanted(form: GenerateForm, formats: Formats) {
  const planted = form.profile === 'realistic';
  return {
    launch: planted && form.launch ? { date: form.launchDate, factor: formats.parseNumber(form.launchFactor) } : null,
    outage: planted && form.outage ? { date: form.outageDate } : null,
    churn: planted && form.churn ? { signedUp: form.churnMonth, date: form.churnDate } : null,
  };
}

function readMess(form: GenerateForm, formats: Formats) {
  return {
    nullUsers: readPercent(form.nullUsers, formats),
    emptyProperties: readPercent(form.emptyProperties, formats),
    duplicates: readPercent(form.duplicates, formats),
    lateEvents: readPercent(form.lateEvents, formats),
    malformedJson: readPercent(form.malformedJson, formats),
    schemaDrift: form.drift ? { date: form.driftDate, rate: readPercent(form.driftRate, formats) } : null,
  };
}

/** Weights other than 1. */
function readWeights({ weights }: GenerateForm, formats: Formats) {
  const typed = eventNames.map((name) => [name, formats.parseNumber(weights[name])] as const);
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

const writeNumber = (value: number, formats: Formats): string => formats.separated(value.toLocaleString('en'));

/** 0.015 as `1.5`, without the artefacts of binary fractions. */
const writePercent = (rate: number, formats: Formats): string =>
  formats.separated(String(Number((rate * 100).toPrecision(12))));

const readPercent = (text: string, formats: Formats): number =>
  Number((formats.parseNumber(text) / 100).toPrecision(12));
