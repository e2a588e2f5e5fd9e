import { FolderOpen } from 'lucide-react';
import { clusterSignIns, type ClusterState } from '../../../contract/cluster';
import { useMainAction } from '../client/queries';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Field } from '../components/forms/field';
import { Segmented } from '../components/forms/segmented';
import { keepsSecret, type ClusterErrors, type ClusterForm } from './cluster-form';

export interface ClusterFieldsProps {
  readonly form: ClusterForm;
  readonly errors: ClusterErrors;
  /** The cluster as it is saved. */
  readonly cluster: ClusterState | null;
  readonly onChange: (change: Partial<ClusterForm>) => void;
}

type TextFieldName = Exclude<keyof ClusterForm, 'signIn'>;

/** All fields: server and account, then the names and the place on the cluster. */
export function ClusterFields(props: ClusterFieldsProps) {
  const text = (name: TextFieldName) => ({
    value: props.form[name],
    error: props.errors[name],
    onChange: (value: string) => props.onChange({ [name]: value }),
    spellCheck: false,
    autoComplete: 'off',
  });
  return (
    <>
      <section aria-label="Account" className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Field label="Server" className="col-span-2" placeholder="https://trino.example.com:8443" {...text('server')} />
        <Field label="User" {...text('user')} />
        <SignIn {...props} />
        <Secret {...props} />
        <CaFile {...props} />
      </section>
      <section aria-label="Events and results" className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Field label="Catalog of the events (Hive)" {...text('eventsCatalog')} />
        <Field label="Schema of the events" {...text('eventsSchema')} />
        <Field label="Catalog of the results (Iceberg)" {...text('resultsCatalog')} />
        <Field label="Schema of the results" {...text('resultsSchema')} />
        <Field
          label="Location of the events"
          className="col-span-2"
          placeholder="s3://bucket/data/events"
          note="The folder with the date=… folders, as the cluster sees it."
          {...text('location')}
        />
      </section>
    </>
  );
}

const signInTitles = { none: 'None', password: 'Password', token: 'Token' } as const;

function SignIn({ form, onChange }: ClusterFieldsProps) {
  return (
    <div>
      <span aria-hidden className="mb-1 block text-small font-medium text-ink-soft">
        Sign-in
      </span>
      <Segmented
        label="Sign-in"
        value={form.signIn}
        options={clusterSignIns.map((value) => ({ value, title: signInTitles[value] }))}
        onChange={(signIn) => onChange({ signIn })}
      />
    </div>
  );
}

function Secret({ form, errors, cluster, onChange }: ClusterFieldsProps) {
  if (form.signIn === 'none') return null;
  const kept = keepsSecret(form, cluster);
  return (
    <Field
      label={signInTitles[form.signIn]}
      type="password"
      className="col-span-2"
      value={form.secret}
      error={errors.secret}
      placeholder={kept ? `Leave empty to keep the ${form.signIn}` : ''}
      note={noteOf(form.signIn, kept ? cluster?.secret : undefined)}
      spellCheck={false}
      autoComplete="off"
      onChange={(secret) => onChange({ secret })}
    />
  );
}

function noteOf(signIn: string, kept: ClusterState['secret'] | undefined): string {
  if (kept === 'session') {
    return `This system has no key store, so the ${signIn} is in memory until you quit the app, and not on disk.`;
  }
  if (kept === 'stored') return `The ${signIn} is stored, encrypted with a key from the system’s key store.`;
  return `Stored encrypted with a key from the system’s key store; without one, in memory until you quit the app.`;
}

function CaFile({ form, errors, onChange }: ClusterFieldsProps) {
  const choose = useMainAction(async (client) => {
    const file = await client.cluster.chooseCaFile();
    if (file !== null) onChange({ caFile: file });
  });
  return (
    <div className="col-span-2">
      <Field
        label="Certificate authority (PEM file)"
        value={form.caFile}
        error={errors.caFile}
        placeholder="Those that the system trusts"
        spellCheck={false}
        autoComplete="off"
        onChange={(caFile) => onChange({ caFile })}
        action={
          <Button
            look="quiet"
            icon={FolderOpen}
            aria-label="Choose the PEM file"
            title="Choose the PEM file"
            onClick={() => choose.run()}
          />
        }
      />
      {choose.error && <ErrorNotice error={choose.error} className="mt-2" />}
    </div>
  );
}
