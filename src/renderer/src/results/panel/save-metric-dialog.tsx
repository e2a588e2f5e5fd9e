import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { parameterNames } from '../../../../contract/text/sql-text';
import { useWarehouseAction } from '../../client/queries';
import { Button } from '../../components/button';
import { Dialog } from '../../components/overlays/dialog';
import { ErrorNotice } from '../../components/error-notice';
import { Field } from '../../components/forms/field';
import { Notice } from '../../components/notice';
import { metricNameProblem, modelOfMetric } from '../../own-metrics/metric-name';
import { useRefreshAndOpen } from '../../own-metrics/use-refresh-and-open';
import type { StatementOptions } from '../session/query-session';

export interface SaveMetricDialogProps {
  readonly sql: string;
  /** The values of its parameters, which become their defaults. */
  readonly parameters: StatementOptions['parameters'];
  readonly onClose: () => void;
}

/** Saves a query as a model of the workspace, which refreshes build and the Metrics page shows. */
export function SaveMetricDialog({ sql, parameters, onClose }: SaveMetricDialogProps) {
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  const [grain, setGrain] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const save = useWarehouseAction(async (client) =>
    setPath(await client.saveMetric({ name, summary, grain, sql, ...(parameters && { parameters }) })),
  );
  const opening = useRefreshAndOpen();
  const problem = metricNameProblem(name);
  const error = save.error ?? opening.error;
  const defaults = parameterNames(sql).map((parameter) => `$${parameter}`);
  return (
    <Dialog
      title="Save as metric"
      description="Saves this query as a model. The next refresh builds it as a gold table."
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-3 px-5 pt-3 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          save.run();
        }}
      >
        <Field label="Name" value={name} onChange={setName} autoFocus placeholder="weekly_signups" error={problem} />
        <Field label="Description" value={summary} onChange={setSummary} />
        <Field label="Grain" value={grain} onChange={setGrain} placeholder="one row per week" />
        {defaults.length > 0 && path === null && (
          <p className="text-small text-ink-soft">
            {`The values of ${defaults.join(', ')} become defaults in the header of the file, where you can change them.`}
          </p>
        )}
        {error && <ErrorNotice error={error} />}
        {path !== null && <Notice tone="good">Saved to {path}. Refresh to build it.</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{path === null ? 'Cancel' : 'Close'}</Button>
          {path === null ? (
            <Button look="primary" submit busy={save.pending} disabled={name === '' || problem !== undefined}>
              Save
            </Button>
          ) : (
            <Button
              look="primary"
              icon={RefreshCw}
              busy={opening.pending}
              onClick={() => opening.run(modelOfMetric(name), onClose)}
            >
              Refresh and open
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
