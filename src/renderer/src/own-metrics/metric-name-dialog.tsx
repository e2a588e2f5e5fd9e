import { useState } from 'react';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Field } from '../components/forms/field';
import { Dialog } from '../components/overlays/dialog';
import type { ErrorReport } from '../../../contract/app-error';
import { metricNameProblem } from './metric-name';

export interface MetricNameDialogProps {
  readonly title: string;
  readonly description: string;
  readonly initial: string;
  /** The word on the button. */
  readonly verb: string;
  readonly pending: boolean;
  readonly error: ErrorReport | null;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a metric. */
export function MetricNameDialog(props: MetricNameDialogProps) {
  const { title, description, initial, verb, pending, error, onName, onClose } = props;
  const [name, setName] = useState(initial);
  const problem = metricNameProblem(name);
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form
        className="flex flex-col gap-3 px-5 pt-3 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          onName(name);
        }}
      >
        <Field label="Name" value={name} onChange={setName} error={problem} autoFocus />
        {error && <ErrorNotice error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            submit
            busy={pending}
            disabled={name === '' || name === initial || problem !== undefined}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
