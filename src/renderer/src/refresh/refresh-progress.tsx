import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { refreshFraction, type RefreshStep } from '../../../contract/warehouse';
import { useWarehouseAction } from '../client/queries';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { ProgressBar } from '../components/progress-bar';
import { ForceStopButton, useOverdue } from '../components/force-stop-button';
import { useFormats } from '../format/use-formats';
import { StepList } from './step-list';

/** A running refresh, step by step. */
export function RefreshProgressCard({ startedAt, steps }: { startedAt: string; steps: RefreshStep[] }) {
  const formats = useFormats();
  const cancel = useWarehouseAction((client) => client.refresh.cancel());
  const [cancelledAt, setCancelledAt] = useState<number | null>(null);
  const overdue = useOverdue(cancelledAt);
  const done = steps.filter(({ status }) => status === 'done').length;
  return (
    <Card
      title="Refreshing the warehouse"
      note="Queries see the previous data until the refresh finishes"
      actions={
        <Button
          icon={CircleStop}
          busy={cancelledAt !== null && !cancel.error}
          onClick={() => {
            setCancelledAt(performance.now());
            cancel.run();
          }}
        >
          Cancel
        </Button>
      }
    >
      <div className="px-4 pt-3 pb-4">
        <ProgressBar
          label="Refresh"
          fraction={refreshFraction({ status: 'running', startedAt, steps }) ?? 0}
          text={`${done} of ${formats.amount(steps.length, 'step')}`}
        />
        <div className="@container mt-3">
          <StepList steps={steps} />
        </div>
        {overdue && (
          <div className="mt-3">
            <Notice tone="warn" action={<ForceStopButton refresh="cancel" />}>
              The refresh hasn’t stopped yet. “Force stop” restarts the warehouse process: the warehouse stays as it
              was, and results in the console are read again.
            </Notice>
          </div>
        )}
        {cancel.error && <ErrorNotice error={cancel.error} className="mt-3" />}
      </div>
    </Card>
  );
}
