import { PlugZap, Wrench } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { ClusterDraft } from '../../../contract/cluster';
import { useAppState } from '../client/live-state';
import { useMainAction } from '../client/queries';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { ClusterFields } from './cluster-fields';
import { draftOf, formOf, type ClusterErrors, type ClusterForm } from './cluster-form';
import { ConnectionReport } from './connection-report';
import { SetUpPanel } from './set-up-panel';
import { useCluster } from './use-cluster';
import { useClusterCall, type ClusterCall } from './use-cluster-call';

/** The cluster of the open workspace: its settings, a test of the connection, and set-up. */
export function ClusterSettings() {
  const folder = useAppState().value?.workspace.folder ?? null;
  if (folder === null)
    return <p className="p-5 text-ink-soft">Open a workspace first: each has a cluster of its own.</p>;
  return <SettingsOfWorkspace key={folder} />;
}

function SettingsOfWorkspace() {
  const { form, errors, change, check, startAgain } = useForm();
  const saved = useSaved();
  const test = useClusterCall((client, draft, signal) => client.cluster.test(draft, { signal }));
  const setUp = useSetUp();
  const withDraft = (act: (draft: ClusterDraft) => void) => () => {
    const draft = check();
    if (draft) act(draft);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withDraft((draft) => saved.save(draft, () => change({ secret: '' })))();
  };
  const remove = () =>
    saved.forget(() => {
      test.stop();
      setUp.close();
      startAgain();
    });
  return (
    <form noValidate className="flex flex-col gap-4 p-5" onSubmit={submit}>
      <p className="text-ink-soft">
        A Trino cluster that can refresh this workspace: it runs the same models over event files that all its nodes can
        read. These settings stay on this computer; the workspace doesn’t contain them.
      </p>
      <ClusterFields
        form={form}
        errors={errors}
        cluster={saved.cluster}
        onChange={(fields) => {
          // What was found before is about other settings.
          test.stop();
          saved.forgetOutcome();
          change(fields);
        }}
      />
      <TestOutcome test={test} />
      {setUp.error && <ErrorNotice error={setUp.error} />}
      {setUp.shown && <SetUpPanel key={setUp.serial} {...setUp.shown} onClose={setUp.close} />}
      {saved.error && <ErrorNotice error={saved.error} />}
      {saved.done && <Notice tone="good">Saved. Choose where to refresh in the menu beside Refresh.</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button icon={PlugZap} busy={test.state.status === 'pending'} onClick={withDraft(test.run)}>
          Test connection
        </Button>
        {test.state.status === 'pending' && <Button onClick={test.stop}>Stop</Button>}
        <Button icon={Wrench} busy={setUp.pending} onClick={withDraft(setUp.ask)}>
          Set up…
        </Button>
        <span className="flex-1" />
        {saved.cluster && (
          <Button look="danger" onClick={remove}>
            Remove cluster
          </Button>
        )}
        <Button submit look="primary" busy={saved.pending}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** The fields; errors appear at the first attempt to use them, then follow the fields. */
function useForm() {
  const cluster = useCluster();
  const [form, setForm] = useState(() => formOf(cluster));
  const [checked, setChecked] = useState(false);
  const { draft, errors } = draftOf(form, cluster);
  const shown: ClusterErrors = checked && errors ? errors : {};
  const change = (fields: Partial<ClusterForm>) => setForm((before) => ({ ...before, ...fields }));
  const check = (): ClusterDraft | null => {
    setChecked(true);
    return draft;
  };
  const startAgain = () => {
    setForm(formOf(null));
    setChecked(false);
  };
  return { form, errors: shown, change, check, startAgain };
}

function useSaved() {
  const cluster = useCluster();
  const [done, setDone] = useState(false);
  const save = useMainAction<ClusterDraft>((client, draft) => client.cluster.save(draft));
  const forget = useMainAction((client) => client.cluster.forget());
  return {
    cluster,
    done,
    pending: save.pending,
    error: save.error ?? forget.error,
    forgetOutcome: () => setDone(false),
    save: (draft: ClusterDraft, then: () => void) =>
      save.run(draft, {
        onSuccess: () => {
          then();
          setDone(true);
        },
      }),
    forget: (then: () => void) =>
      forget.run(undefined, {
        onSuccess: () => {
          then();
          setDone(false);
        },
      }),
  };
}

/** The statements of set-up, asked for with a draft. */
function useSetUp() {
  const [draft, setDraft] = useState<ClusterDraft | null>(null);
  const [serial, setSerial] = useState(0);
  const plan = useClusterCall((client, wanted, signal) => client.cluster.setUpPlan(wanted, { signal }));
  const { state } = plan;
  return {
    serial,
    pending: state.status === 'pending',
    error: state.status === 'failed' ? state.error : null,
    shown: draft && state.status === 'done' ? { plan: state.value, draft } : null,
    ask: (wanted: ClusterDraft) => {
      setDraft(wanted);
      setSerial(serial + 1);
      plan.run(wanted);
    },
    close: plan.stop,
  };
}

function TestOutcome({ test: { state } }: { test: ClusterCall<Parameters<typeof ConnectionReport>[0]['report']> }) {
  if (state.status === 'failed') return <ErrorNotice error={state.error} />;
  if (state.status === 'done') return <ConnectionReport report={state.value} />;
  return null;
}
