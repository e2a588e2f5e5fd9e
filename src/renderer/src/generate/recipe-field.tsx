import { useId, useState } from 'react';
import type { Recipe } from '../../../contract/recipe';
import { toAppError } from '../../../contract/app-error';
import { formatRecipe, parseRecipe } from '../../../contract/recipe-line';
import { classNames } from '../components/class-names';
import { CopyButton } from '../components/copy-button';

export interface RecipeFieldProps {
  /** Null while the options are invalid. */
  readonly recipe: Recipe | null;
  /** Called with a recipe that was pasted or typed. */
  readonly onAccept: (recipe: Recipe) => void;
  /** Called with why the text can't be read; null where it can be, or is empty. */
  readonly onProblem: (problem: string | null) => void;
}

/** The recipe as one line of text: shows the current options, and accepts another recipe. */
export function RecipeField({ recipe, onAccept, onProblem }: RecipeFieldProps) {
  const id = useId();
  // Typed text is left as it is until the field loses focus; then it is normalised.
  const [draft, setDraft] = useState<string | null>(null);
  const line = recipe ? formatRecipe(recipe) : '';
  const error = draft === null ? null : readLine(draft).error;

  const type = (text: string) => {
    setDraft(text);
    const read = readLine(text);
    onProblem(read.error);
    if (read.recipe) onAccept(read.recipe);
  };
  return (
    <div>
      <div className="flex items-end justify-between">
        <label htmlFor={id} className="mb-1 text-small font-medium text-ink-soft">
          Recipe
        </label>
        {line !== '' && error === null && <CopyButton text={line} label="Copy recipe" />}
      </div>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        value={draft ?? line}
        placeholder="Paste a recipe, or fix the options above to see theirs."
        onChange={({ target }) => type(target.value)}
        onBlur={() => error === null && setDraft(null)}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        className={classNames(
          'block w-full resize-none rounded-medium border bg-surface px-2.5 py-1.5 font-mono text-micro break-words outline-offset-0 placeholder:text-ink-soft',
          error === null ? 'border-line-strong' : 'border-bad',
        )}
      />
      <p id={`${id}-note`} className={classNames('mt-1 text-small', error === null ? 'text-ink-soft' : 'text-bad')}>
        {error ?? 'A recipe produces identical data on any machine. Paste one to use it.'}
      </p>
    </div>
  );
}

function readLine(text: string): { readonly recipe: Recipe | null; readonly error: string | null } {
  // The field was cleared to enter another one.
  if (text.trim() === '') return { recipe: null, error: null };
  try {
    return { recipe: parseRecipe(text), error: null };
  } catch (thrown) {
    const { message, details } = toAppError(thrown);
    return { recipe: null, error: `${message} ${details.action}` };
  }
}
