import { useState, type FormEvent } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import { fileNameProblem } from '../../../../contract/text/file-name';
import { errorReportOf } from '../../client/error-report';
import { useStore } from '../../client/store';
import { Button } from '../../components/button';
import { Dialog } from '../../components/overlays/dialog';
import { ErrorNotice } from '../../components/error-notice';
import { Field } from '../../components/forms/field';
import { trinoEnding } from '../../console/query-tabs';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';

/** Asks for a name and saves a query to the workspace. */
export function SaveQueryDialog({ tabs, tab, onClose }: { tabs: ConsoleTabs; tab: ConsoleTab; onClose: () => void }) {
  const { title, on } = useStore(tab);
  const [name, setName] = useState(/^Query( \d+)?$/.test(title) ? '' : title);
  const [error, setError] = useState<ErrorReport | null>(null);
  const ending = on === 'cluster' ? trinoEnding : '.sql';
  const stem = name.trim().replace(/(\.trino)?\.sql$/i, '');
  const invalid = name === '' ? undefined : (fileNameProblem(stem, ending) ?? undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const file = `${stem}${ending}`;
    tabs.queries.save(tab, file).then(onClose, (reason: unknown) => setError(errorReportOf(reason)));
  };
  return (
    <Dialog
      title="Save query"
      description={`Saved as a plain ${ending} file in the workspace’s queries/ folder.`}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 p-5">
        <Field label="Name" value={name} onChange={setName} error={invalid} autoFocus />
        {error && <ErrorNotice error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit disabled={name.trim() === '' || invalid !== undefined}>
            Save query
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
