import { useMemo } from 'react';
import type { KnownFact } from '../../../contract/generation';
import { useAppState } from '../client/live-state';
import { KeptState, useKept, useWorkspaceOwner } from '../client/kept-state';

/** Facts that the user has revealed, until the app is closed. */
const keptRevealed = new KeptState<readonly string[]>([]);

/** What tells a fact from others, in the list of a run and in the results of refreshes. */
export function factKey({ kind, date, text }: Pick<KnownFact, 'kind' | 'date' | 'text'>): string {
  return kind === 'mess' ? `mess ${text}` : `${kind} ${date}`;
}

export interface Answers {
  /** Whether the setting “Hide answers” is on. */
  readonly hiding: boolean;
  /** Whether a fact may be shown. */
  readonly isShown: (key: string) => boolean;
  readonly reveal: (key: string) => void;
}

/** Which facts of the open workspace may be shown. */
export function useAnswers(): Answers {
  const settings = useAppState().value?.settings;
  const [revealed, setRevealed] = useKept(keptRevealed, useWorkspaceOwner('facts'));
  // Until the settings are known, nothing is given away.
  const hiding = settings?.hideAnswers ?? true;
  return useMemo(
    () => ({
      hiding,
      isShown: (key: string) => !hiding || revealed.includes(key),
      reveal: (key: string) => setRevealed([...revealed, key]),
    }),
    [hiding, revealed, setRevealed],
  );
}

/** Words of a recipe that name facts and mess. */
const tellingWord =
  /^(?:launch|outage|churn|null-users|empty-properties|duplicates|late-events|malformed-json|schema-drift)=/;

/** A recipe without the words that name facts and mess. */
export function withoutAnswers(recipeLine: string): string {
  return recipeLine
    .split(' ')
    .filter((word) => !tellingWord.test(word))
    .join(' ');
}
