import type { GenerationRequest, WriteMode } from '../../../contract/generation';
import type { Profile } from '../../../contract/recipe';
import { useEstimate, useSuggestedRequest, useSummary } from '../client/queries';
import { Button } from '../components/button';
import { ChoiceCards, type Choice } from '../components/forms/choice-cards';
import { Notice } from '../components/notice';
import type { GenerateFormState } from './use-generate-form';

const profiles: readonly Choice<Profile>[] = [
  { value: 'realistic', title: 'Realistic', note: 'A product that grows, with weekends, sessions and churn' },
  { value: 'uniform', title: 'Uniform', note: 'Every value equally likely; columns are independent' },
];

/** The profile of the events. */
export function ProfileChoice({ state: { form, change } }: { state: GenerateFormState }) {
  return (
    <ChoiceCards legend="Profile" choices={profiles} value={form.profile} onChange={(profile) => change({ profile })} />
  );
}

const modes: readonly Choice<WriteMode>[] = [
  { value: 'append', title: 'Append', note: 'Keep existing events' },
  { value: 'replace', title: 'Replace', note: 'Delete them once the new events are written' },
];

/** Whether to keep or replace the existing events. Only shown if there are any. */
export function ModeChoice({ state, request }: { state: GenerateFormState; request: GenerationRequest | null }) {
  const { mode } = state.form;
  const files = useSummary().data?.files;
  const repeats = useEstimate(request).data?.repeats ?? 'none';
  if (files === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <ChoiceCards
        legend="Existing events"
        choices={modes}
        value={mode}
        onChange={(chosen) => state.change({ mode: chosen })}
      />
      {repeats !== 'none' && <RepetitionNotice repeats={repeats} state={state} />}
    </div>
  );
}

function RepetitionNotice({ repeats, state }: { repeats: 'some' | 'all'; state: GenerateFormState }) {
  const unused = useSuggestedRequest().data?.recipe.seed;
  return (
    <Notice
      tone="warn"
      action={
        unused !== undefined && <Button onClick={() => state.change({ seed: String(unused) })}>Use another seed</Button>
      }
    >
      {repeats === 'all'
        ? 'These exact events already exist; every one would be duplicated.'
        : 'A run with this seed already exists; some events or sessions would be duplicated.'}
    </Notice>
  );
}
