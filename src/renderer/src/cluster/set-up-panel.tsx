import { useState } from 'react';
import type { ClusterDraft, ClusterSetUpPlan } from '../../../contract/cluster';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { useFormats } from '../format/use-formats';
import { useClusterCall } from './use-cluster-call';

export interface SetUpPanelProps {
  /** The statements that were asked for, and the draft that they are for. */
  readonly plan: ClusterSetUpPlan;
  readonly draft: ClusterDraft;
  readonly onClose: () => void;
}

/** Shows the SQL that sets the cluster up, and runs it once the user has agreed. */
export function SetUpPanel({ plan, draft, onClose }: SetUpPanelProps) {
  const formats = useFormats();
  // The text that is shown is the one that runs, whatever is typed meanwhile.
  const [agreed] = useState(draft);
  const { state, run, stop } = useClusterCall((client, wanted, signal) => client.cluster.setUp(wanted, { signal }));
  const pending = state.status === 'pending';
  if (state.status === 'done') return <Notice tone="good">The cluster is set up.</Notice>;
  return (
    <section aria-label="Set up" className="flex flex-col gap-2 rounded-medium border border-line p-3">
      <p>
        {`${formats.amount(plan.length, 'statement')} for ${agreed.settings.server}. Each leaves alone what is already there.`}
      </p>
      <pre
        tabIndex={0}
        role="region"
        aria-label="SQL of the set-up"
        className="max-h-52 overflow-auto rounded-small bg-sunken p-2 font-mono text-small whitespace-pre-wrap select-text"
      >
        {plan.map(({ purpose, sql }) => `-- ${purpose}\n${sql};`).join('\n\n')}
      </pre>
      {state.status === 'failed' && <ErrorNotice error={state.error} />}
      <div className="flex gap-2">
        <Button look="primary" busy={pending} onClick={() => run(agreed)}>
          {`Run ${formats.amount(plan.length, 'statement')}`}
        </Button>
        <Button onClick={pending ? stop : onClose}>{pending ? 'Stop' : 'Not now'}</Button>
      </div>
    </section>
  );
}
