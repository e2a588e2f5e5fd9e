import type { ConsoleTabState } from '../../../contract/console';
import type { Parameter } from '../../../contract/results';
import type { Engine } from '../../../contract/warehouse';
import type { QuerySession } from '../results/session/query-session';

/** Title of an unnamed tab. */
export const untitled = 'Query';

/** One statement of a run, with its outcome. */
export interface StatementRun {
  readonly sql: string;
  /** Its offset in the text. */
  readonly from: number;
  readonly allowChanges: boolean;
  readonly on: Engine;
  /** Values of its parameters. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly startedAt: string;
  readonly session: QuerySession;
}

/** Everything that a tab shows. */
export interface TabSnapshot extends ConsoleTabState {
  readonly text: string;
  /** The text in the saved query's file; null while unknown. */
  readonly savedText: string | null;
  /** The text in its file, if another program changed it while it was being edited here; otherwise null. */
  readonly outsideText: string | null;
  /** Whether SQL may write. Never saved between starts. */
  readonly allowChanges: boolean;
  readonly runs: readonly StatementRun[];
  readonly shownIndex: number;
  readonly title: string;
  readonly unsaved: boolean;
  /** The statement with the outcome on show. */
  readonly shown: StatementRun | null;
  /** The statement that is running or stopping. */
  readonly running: StatementRun | null;
}

/** The values that the rest of a snapshot follows from. */
export type TabValues = Omit<TabSnapshot, 'title' | 'unsaved' | 'shown' | 'running'>;

/** Completes the values of a tab with those that follow from them and from its sessions. */
export function snapshotOf(values: TabValues): TabSnapshot {
  const { name, query, text, savedText, runs, shownIndex } = values;
  return {
    ...values,
    title: name ?? query?.replace(/(\.trino)?\.sql$/, '') ?? untitled,
    unsaved: query !== null && savedText !== null && savedText !== text,
    shown: runs[shownIndex] ?? null,
    running: runningIn(runs),
  };
}

export function runningIn(runs: readonly StatementRun[]): StatementRun | null {
  return runs.find(({ session }) => isRunning(session)) ?? null;
}

export function isRunning(session: QuerySession): boolean {
  return ['running', 'stopping'].includes(session.getSnapshot().status);
}
