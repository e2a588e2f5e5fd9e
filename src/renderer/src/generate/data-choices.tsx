import type { WriteMode } from '../../../contract/generation';
import type { Profile, Recipe } from '../../../contract/recipe';
import { formatRecipe } from '../../../contract/recipe-line';
import { useRunHistory, useSummary } from '../client/queries';
import { ChoiceCards, type Choice } from '../components/choice-cards';
import { Notice } from '../components/notice';
import type { GenerateFormState } from './use-generate-form';

const profiles: readonly Choice<Profile>[] = [
  { value: 'realistic', title: 'Realistic', note: 'A product that grows, with weekends, sessions and churn' },
  { value: 'uniform', title: 'Uniform', note: 'Every value equally likely, all columns independent' },
];

/** What kind of events? */
export function ProfileChoice({ state: { form, change } }: { state: GenerateFormState }) {
  return (
    <ChoiceCards
      legend="What it looks like"
      choices={profiles}
      value={form.profile}
      onChange={(profile) => change({ profile })}
    />
  );
}

const modes: readonly Choice<WriteMode>[] = [
  { value: 'append', title: 'Append', note: 'Keep the events that are there' },
  { value: 'replace', title: 'Replace', note: 'Remove them once the new ones are in' },
];

/** What becomes of the events that are there? Asked only where there are some. */
export function ModeChoice({ state, recipe }: { state: GenerateFormState; recipe: Recipe | null }) {
  const { mode } = state.form;
  const files = useSummary().data?.files;
  const repeats = useIsInAlready(recipe) && mode === 'append';
  if (files === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <ChoiceCards
        legend="Events that are there already"
        choices={modes}
        value={mode}
        onChange={(chosen) => state.change({ mode: chosen })}
      />
      {repeats && (
        <Notice tone="warn">
          These very events are in already: each would be there twice. Take another seed, or replace.
        </Notice>
      )}
    </div>
  );
}

/** Whether a run with this recipe is part of the data; what was before a run that replaced is not. */
function useIsInAlready(recipe: Recipe | null): boolean {
  const runs = useRunHistory().data ?? [];
  if (!recipe) return false;
  const succeeded = runs.filter(({ status }) => status === 'succeeded');
  const lastReplace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  const present = lastReplace < 0 ? succeeded : succeeded.slice(0, lastReplace + 1);
  return present.some(({ recipeLine }) => recipeLine === formatRecipe(recipe));
}
