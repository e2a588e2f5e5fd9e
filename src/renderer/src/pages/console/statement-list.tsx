import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, LoaderCircle } from 'lucide-react';
import { useStore } from '../../client/store';
import { classNames } from '../../components/class-names';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import type { QueryState } from '../../results/session/query-session';
import { useQueryState } from '../../results/session/use-result';
import type { ConsoleTab } from '../../console/console-tab';
import type { StatementRun } from '../../console/tab-snapshot';

const signs = {
  idle: { icon: CircleDashed, text: 'not run', look: 'text-ink-faint' },
  running: { icon: LoaderCircle, text: 'running', look: 'animate-spin text-accent-ink' },
  stopping: { icon: LoaderCircle, text: 'stopping', look: 'animate-spin text-warn' },
  cancelled: { icon: CircleSlash, text: 'cancelled', look: 'text-ink-soft' },
  failed: { icon: CircleAlert, text: 'failed', look: 'text-bad' },
  done: { icon: CircleCheck, text: 'done', look: 'text-good' },
} satisfies Record<QueryState['status'], object>;

/** The statements of a run: the selected one, and the outcome of each. */
export function StatementList({ tab }: { tab: ConsoleTab }) {
  const { runs, shownIndex } = useStore(tab);
  if (runs.length < 2) return null;
  return (
    <div
      role="group"
      aria-label="Statements"
      className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-sunken p-1"
    >
      {runs.map((run, index) => (
        <Statement
          key={`${run.startedAt} ${run.from}`}
          run={run}
          number={index + 1}
          shown={index === shownIndex}
          onShow={() => tab.show(index)}
        />
      ))}
    </div>
  );
}

interface StatementProps {
  readonly run: StatementRun;
  readonly number: number;
  readonly shown: boolean;
  readonly onShow: () => void;
}

function Statement({ run, number, shown, onShow }: StatementProps) {
  const formats = useFormats();
  const state = useQueryState(run.session);
  const { icon: Icon, text, look } = signs[state.status];
  return (
    <button
      type="button"
      aria-pressed={shown}
      aria-label={`Statement ${number}, ${text}`}
      title={run.sql.slice(0, 500)}
      onClick={onShow}
      className={classNames(
        'flex h-6 shrink-0 items-center gap-1.5 rounded-small px-2 text-small',
        shown ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover',
      )}
    >
      <Icon size={12} aria-hidden className={look} />
      {number}
      <span className="text-ink-faint">{detailOf(state, formats)}</span>
    </button>
  );
}

function detailOf(state: QueryState, formats: Formats): string {
  if (state.status !== 'done') return signs[state.status].text;
  const { result, changedRows, kind, elapsedMs } = state.outcome;
  const rows = result?.rows ?? changedRows;
  return `${rows === null ? kind : formats.amount(rows, 'row')}, ${formats.duration(elapsedMs)}`;
}
