import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '../../components/card';
import { classNames } from '../../components/class-names';
import { GenerateButton, RefreshButton } from './job-buttons';
import type { Jobs } from './use-jobs';

/** The way from an empty workspace to a first chart, with the button for the step that is next. */
export function Guide({ jobs, hasEvents }: { jobs: Jobs; hasEvents: boolean }) {
  return (
    <Card title="From nothing to a chart in two clicks">
      <ol className="grid grid-cols-3 gap-px p-4 pt-3">
        <Step
          number={1}
          title="Generate"
          state={hasEvents ? 'done' : 'next'}
          action={<GenerateButton jobs={jobs} look={hasEvents ? 'secondary' : 'primary'} />}
        >
          Makes up events of users and teams and writes them as Parquet, one folder a day.
        </Step>
        <Step
          number={2}
          title="Refresh"
          state={hasEvents ? 'next' : 'later'}
          action={<RefreshButton jobs={jobs} look={hasEvents ? 'primary' : 'secondary'} />}
        >
          Builds the bronze, silver and gold models over the files, and exports the metrics.
        </Step>
        <Step number={3} title="Look" state="later">
          The chart appears here. Partitions, Layers, Metrics and the Console show the rest.
        </Step>
      </ol>
    </Card>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'next' | 'later';
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Step({ number, title, state, action, children }: StepProps) {
  return (
    <li aria-current={state === 'next' ? 'step' : undefined} className="flex flex-col pr-6">
      <h3 className="flex items-center gap-2 font-medium">
        <span
          className={classNames(
            'grid size-5 place-items-center rounded-full text-small font-semibold tabular-nums',
            state === 'next' && 'bg-accent text-on-accent',
            state === 'done' && 'bg-good-soft text-good',
            state === 'later' && 'bg-selected text-ink-soft',
          )}
        >
          {state === 'done' ? <Check size={12} aria-label="done" /> : number}
        </span>
        {title}
      </h3>
      <p className="mt-1.5 mb-3 flex-1 text-ink-soft">{children}</p>
      <div>{action}</div>
    </li>
  );
}
