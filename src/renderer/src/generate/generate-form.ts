import {
  daysBetween,
  generationRequestSchema,
  type GenerationRequest,
  type WriteMode,
} from '../../../../contract/generation';

/** The options as they are typed. */
export interface GenerateForm {
  readonly rows: string;
  readonly start: string;
  readonly end: string;
  readonly users: string;
  readonly teams: string;
  readonly seed: string;
  readonly workers: string;
  readonly mode: WriteMode;
}

export type FormField = keyof GenerateForm;
export type FormErrors = Partial<Record<FormField, string>>;

const fields: readonly FormField[] = ['rows', 'start', 'end', 'users', 'teams', 'seed', 'workers', 'mode'];

/** A request as one would type it. */
export function formOf({ recipe, workers, mode }: GenerationRequest): GenerateForm {
  return {
    rows: writeNumber(recipe.rows),
    start: recipe.start,
    end: recipe.end,
    users: writeNumber(recipe.users),
    teams: writeNumber(recipe.teams),
    // Thousands separators help to read amounts; a seed is none.
    seed: String(recipe.seed),
    workers: String(workers),
    mode,
  };
}

/** Reads a form: the request that it stands for, or what is wrong with which field. */
export function readForm(
  form: GenerateForm,
):
  | { readonly request: GenerationRequest; readonly errors?: never }
  | { readonly errors: FormErrors; readonly request?: never } {
  const parsed = generationRequestSchema.safeParse({
    recipe: {
      rows: readNumber(form.rows),
      start: form.start,
      end: form.end,
      users: readNumber(form.users),
      teams: readNumber(form.teams),
      seed: readNumber(form.seed),
    },
    workers: readNumber(form.workers),
    mode: form.mode,
  });
  if (parsed.success) return { request: parsed.data };
  const errors: FormErrors = {};
  for (const { path, message } of parsed.error.issues) {
    const field = fields.find((name) => name === path.at(-1));
    if (field) errors[field] ??= message;
  }
  return { errors };
}

/** What a form comes to, in a sentence; null while that can't be said. */
export function describeForm(form: GenerateForm): string | null {
  const { request } = readForm(form);
  if (!request) return null;
  const days = daysBetween(request.recipe.start, request.recipe.end);
  const perDay = request.recipe.rows / days;
  const rows = perDay < 10 ? perDay.toFixed(1) : writeNumber(Math.round(perDay));
  return `${writeNumber(days)} ${days === 1 ? 'day' : 'days'}, about ${rows} events each`;
}

const writeNumber = (value: number): string => value.toLocaleString('en');

/** Takes separators for what they are; what is no number at all becomes NaN, which the schema explains. */
function readNumber(text: string): number {
  const digits = text.replace(/[\s,_']/g, '');
  return digits === '' ? Number.NaN : Number(digits);
}
