import { Circle, CircleCheck, CircleStop, LoaderCircle } from 'lucide-react';
import type { RefreshStep } from '../../../../contract/warehouse';
import { useWarehouseAction } from '../../client/queries';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { ProgressBar } from '../../components/progress-bar';
import { formatAmount } from '../../format/numbers';
import { formatDuration } from '../../format/time';

/** A refresh under way, step by step. */
export function RefreshProgressCard({ steps }: { steps: readonly RefreshStep[] }) {
  const cancel = useWarehouseAction((client) => client.refresh.cancel());
  const done = steps.filter(({ status }) => status === 'done').length;
  return (
    <Card
      title="Refreshing the warehouse"
      note="Readers see the old data until everything is done"
      actions={
        <Button icon={CircleStop} busy={cancel.pending} onClick={() => cancel.run()}>
          Cancel
        </Button>
      }
    >
      <div className="px-4 pt-3 pb-4">
        <ProgressBar
          label="Refresh"
          fraction={done / Math.max(1, steps.length)}
          text={`${done} of ${formatAmount(steps.length, 'step')}`}
        />
        <ol aria-label="Steps" className="mt-3 flex flex-col gap-1">
          {steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </ol>
        {cancel.error && <ErrorNotice error={cancel.error} className="mt-3" />}
      </div>
    </Card>
  );
}

const signs = {
  waiting: { icon: Circle, look: 'text-ink-faint' },
  running: { icon: LoaderCircle, look: 'animate-spin text-accent-ink' },
  done: { icon: CircleCheck, look: 'text-good' },
};

function Step({ step: { name, status, elapsedMs, rows } }: { step: RefreshStep }) {
  const { icon: Icon, look } = signs[status];
  return (
    <li className="flex items-center gap-2 tabular-nums">
      <Icon size={14} aria-label={status} className={classNames('shrink-0', look)} />
      <span className={classNames('flex-1', status === 'waiting' && 'text-ink-faint')}>{name}</span>
      {rows !== null && <span className="text-ink-soft">{formatAmount(rows, 'row')}</span>}
      <span className="w-16 text-right text-ink-soft">{elapsedMs === null ? '' : formatDuration(elapsedMs)}</span>
    </li>
  );
}
