import { useState } from 'react';
import { fileNameProblem } from '../../../../contract/file-name';
import { useWarehouseAction } from '../../client/queries';
import { Button } from '../../components/button';
import { Dialog } from '../../components/overlays/dialog';
import { ErrorNotice } from '../../components/error-notice';
import { Field } from '../../components/forms/field';
import { Notice } from '../../components/notice';

const namePattern = /^[a-z][a-z0-9_]*$/;

/** Saves a query as a model of the workspace, which refreshes build and the Metrics page shows. */
export function SaveMetricDialog({ sql, onClose }: { sql: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  const [grain, setGrain] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const save = useWarehouseAction(async (client) => setPath(await client.saveMetric({ name, summary, grain, sql })));
  const wrongName = name === '' ? undefined : problemOf(name);
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
        <Field label="Name" value={name} onChange={setName} autoFocus placeholder="weekly_signups" error={wrongName} />
        <Field label="Description" value={summary} onChange={setSummary} />
        <Field label="Grain" value={grain} onChange={setGrain} placeholder="one row per week" />
        {save.error && <ErrorNotice error={save.error} />}
        {path !== null && <Notice tone="good">Saved to {path}. Refresh to build it.</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{path === null ? 'Cancel' : 'Close'}</Button>
          {path === null && (
            <Button look="primary" submit busy={save.pending} disabled={name === '' || wrongName !== undefined}>
              Save
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function problemOf(name: string): string | undefined {
  if (!namePattern.test(name)) return 'Lowercase letters, digits and underscores; must start with a letter.';
  return fileNameProblem(name, '.sql') ?? undefined;
}
