import { CircleStop } from 'lucide-react';
import type { RefreshStep } from '../../../contract/warehouse';
import { useWarehouseAction } from '../client/queries';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { ProgressBar } from '../components/progress-bar';
import { formatAmount } from '../format/numbers';
import { StepList } from './step-list';

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
        <div className="@container mt-3">
          <StepList steps={steps} />
        </div>
        {cancel.error && <ErrorNotice error={cancel.error} className="mt-3" />}
      </div>
    </Card>
  );
}
