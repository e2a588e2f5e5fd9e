import { useState, type ReactNode } from 'react';
import type { Settings, SettingsChange } from '../../../contract/settings';
import { useAppState } from '../client/live-state';
import { ClusterSettings } from '../cluster/cluster-settings';
import { useMainAction } from '../client/queries';
import { Dialog } from '../components/overlays/dialog';
import { ErrorNotice } from '../components/error-notice';
import { Field } from '../components/forms/field';
import { Segmented } from '../components/forms/segmented';
import { SelectField } from '../components/forms/select-field';
import { Tabs } from '../components/tabs';
import { useFormats } from '../format/use-formats';

/** The settings of the app, and the cluster of the workspace. */
export default function SettingsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Settings" description="For the app, and for this workspace’s cluster." onClose={onClose}>
      <div className="pt-2">
        <Tabs
          label="Settings"
          tabs={[
            { id: 'general', title: 'General', content: <General /> },
            { id: 'cluster', title: 'Cluster', content: <ClusterSettings /> },
          ]}
        />
      </div>
    </Dialog>
  );
}

/** Each change is applied and saved at once. */
function General() {
  const settings = useAppState().value?.settings;
  const { run, error } = useMainAction<SettingsChange>((client, change) => client.app.changeSettings(change));
  if (!settings) return null;
  return (
    <div className="flex flex-col gap-5 p-5">
      <p className="-mb-2 text-ink-soft">Changes apply immediately to all workspaces.</p>
      <Appearance settings={settings} onChange={run} />
      <Limits settings={settings} onChange={run} />
      <Learning settings={settings} onChange={run} />
      {error && <ErrorNotice error={error} />}
    </div>
  );
}

interface PartProps {
  readonly settings: Settings;
  readonly onChange: (change: SettingsChange) => void;
}

function Appearance({ settings, onChange }: PartProps) {
  return (
    <Part title="Appearance">
      <div className="col-span-2 flex items-center justify-between">
        <span aria-hidden className="text-small font-medium text-ink-soft">
          Theme
        </span>
        <Segmented
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'system', title: 'System' },
            { value: 'light', title: 'Light' },
            { value: 'dark', title: 'Dark' },
          ]}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <SelectField
        label="Numbers"
        value={settings.numberFormat}
        options={[
          { value: 'comma', title: '1,234,567.8' },
          { value: 'point', title: '1.234.567,8' },
          { value: 'space', title: '1\u202f234\u202f567,8' },
        ]}
        onChange={(numberFormat) => onChange({ numberFormat })}
      />
      <SelectField
        label="Dates"
        value={settings.dateFormat}
        options={[
          { value: 'iso', title: '2025-11-24' },
          { value: 'day-first', title: '24.11.2025' },
          { value: 'month-first', title: '11/24/2025' },
        ]}
        onChange={(dateFormat) => onChange({ dateFormat })}
      />
      <p className="col-span-2 text-small text-ink-soft">
        Used for counts, charts and dates in the app. Query results are always shown exactly as DuckDB returns them.
      </p>
    </Part>
  );
}

function Limits({ settings: { threads, memoryMb, idleReleaseMinutes }, onChange }: PartProps) {
  return (
    <Part title="Resources">
      <NumberField
        label="Threads and workers"
        value={threads}
        range={[1, 256]}
        empty="All cores"
        onChange={(value) => onChange({ threads: value })}
      />
      <NumberField
        label="Warehouse memory"
        value={memoryMb}
        range={[256, 1_000_000]}
        unit="MB"
        empty="Half of system memory"
        onChange={(value) => onChange({ memoryMb: value })}
      />
      <NumberField
        label="Release file when idle for"
        value={idleReleaseMinutes}
        range={[1, 1_440]}
        unit="min"
        onChange={(value) => value !== null && onChange({ idleReleaseMinutes: value })}
      />
      <p className="self-end pb-2 text-small text-ink-soft">
        Idle minutes before the database file is released to other programs.
      </p>
    </Part>
  );
}

function Learning({ settings: { hideAnswers }, onChange }: PartProps) {
  return (
    <Part title="Learning">
      <label className="col-span-2 flex items-start gap-2">
        <input
          type="checkbox"
          checked={hideAnswers}
          onChange={({ target }) => onChange({ hideAnswers: target.checked })}
          className="mt-0.75 size-3.5 shrink-0 accent-accent"
        />
        <span>
          <span className="font-medium">Hide answers</span>{' '}
          <span className="ml-1 text-small text-ink-soft">
            Planted facts, and what refreshes found of them, are shown one by one with Reveal.
          </span>
        </span>
      </label>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-2 font-semibold">{title}</h3>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3">{children}</div>
    </section>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly range: readonly [least: number, most: number];
  readonly unit?: string;
  /** The meaning of an empty field; without it, the field requires a value. */
  readonly empty?: string;
  readonly onChange: (value: number | null) => void;
}

/** A whole number, saved on blur or Enter. */
function NumberField({ label, value, range: [least, most], unit, empty, onChange }: NumberFieldProps) {
  const formats = useFormats();
  const [text, setText] = useState(value === null ? '' : String(value));
  const number = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  const isEmpty = text.trim() === '' && empty !== undefined;
  const valid = isEmpty || (number >= least && number <= most);
  const keep = () => {
    const wanted = isEmpty ? null : number;
    if (valid && wanted !== value) onChange(wanted);
  };
  return (
    <Field
      label={label}
      value={text}
      onChange={setText}
      onBlur={keep}
      onKeyDown={({ key }) => key === 'Enter' && keep()}
      inputMode="numeric"
      placeholder={empty}
      {...(unit !== undefined && { unit })}
      error={
        valid
          ? undefined
          : `Enter a whole number from ${formats.count(least)} to ${formats.count(most)}${empty === undefined ? '' : ', or leave it empty'}.`
      }
    />
  );
}
