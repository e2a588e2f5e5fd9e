import { Play, Shuffle } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { generationLimits, type GenerationRequest, type WriteMode } from '../../../../contract/generation';
import { useMainAction, useSuggestedRequest } from '../../client/queries';
import { errorReportOf } from '../../client/error-report';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { Dialog } from '../../components/dialog';
import { ErrorNotice } from '../../components/error-notice';
import { Field } from '../../components/field';
import { Skeleton } from '../../components/skeleton';
import { describeForm, formOf, readForm, type FormErrors, type FormField, type GenerateForm } from './generate-form';

/** Asks for the options of a run and starts it. */
export default function GenerateDialog({ onClose }: { onClose: () => void }) {
  const suggestion = useSuggestedRequest();
  return (
    <Dialog title="Generate events" description="Writes one Parquet file a day into data/events." onClose={onClose}>
      {suggestion.error ? (
        <div className="p-5">
          <ErrorNotice error={errorReportOf(suggestion.error)} onRetry={() => void suggestion.refetch()} />
        </div>
      ) : suggestion.data ? (
        <OptionsForm suggested={suggestion.data} onClose={onClose} />
      ) : (
        <Skeleton className="m-5 h-64" />
      )}
    </Dialog>
  );
}

function OptionsForm({ suggested, onClose }: { suggested: GenerationRequest; onClose: () => void }) {
  const element = useRef<HTMLFormElement>(null);
  // A suggestion that changes later must not overwrite what has been typed.
  const [form, setForm] = useState(() => formOf(suggested));
  const [errors, setErrors] = useState<FormErrors>({});
  const start = useMainAction(async (client, request: GenerationRequest) => {
    await client.generation.start(request);
    onClose();
  });

  const change = (part: Partial<GenerateForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    // What was complained about may be right by now; new complaints wait for the button.
    const left = readForm(next).errors ?? {};
    setErrors((shown) => Object.fromEntries(Object.entries(left).filter(([field]) => field in shown)));
  };
  const field = (name: Exclude<FormField, 'mode'>) => ({
    name,
    value: form[name],
    error: errors[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { request, errors: wrong } = readForm(form);
    setErrors(wrong ?? {});
    if (request) return start.run(request);
    const [first] = Object.keys(wrong);
    element.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };

  return (
    <form ref={element} onSubmit={submit} noValidate className="px-5 pt-4 pb-5">
      <div className="grid grid-cols-6 items-start gap-x-3 gap-y-4">
        <Field label="Rows" inputMode="numeric" autoFocus className="col-span-6" {...field('rows')} />
        <Field label="Start" type="date" className="col-span-3" {...field('start')} />
        <Field label="End" type="date" className="col-span-3" {...field('end')} />
        <Field label="Users" inputMode="numeric" className="col-span-3" {...field('users')} />
        <Field label="Teams" inputMode="numeric" className="col-span-3" {...field('teams')} />
        <Field
          label="Seed"
          inputMode="numeric"
          className="col-span-3"
          action={
            <Button
              look="quiet"
              icon={Shuffle}
              aria-label="Shuffle"
              title="Take another seed"
              onClick={() => change({ seed: String(Math.floor(Math.random() * generationLimits.seed)) })}
            />
          }
          {...field('seed')}
        />
        <Field label="Workers" inputMode="numeric" className="col-span-3" {...field('workers')} />
      </div>
      <ModeChoice mode={form.mode} onChange={(mode) => change({ mode })} />
      {start.error && <ErrorNotice error={start.error} className="mt-4" />}
      <footer className="mt-5 flex items-center gap-3">
        <p className="flex-1 text-ink-soft tabular-nums">{describeForm(form)}</p>
        <Button submit look="primary" icon={Play} busy={start.pending}>
          Generate
        </Button>
      </footer>
    </form>
  );
}

const modes: readonly { readonly mode: WriteMode; readonly title: string; readonly note: string }[] = [
  { mode: 'append', title: 'Append', note: 'Keep the events that are there' },
  { mode: 'replace', title: 'Replace', note: 'Remove them once the new ones are in' },
];

function ModeChoice({ mode: chosen, onChange }: { mode: WriteMode; onChange: (mode: WriteMode) => void }) {
  return (
    <fieldset className="mt-4 grid grid-cols-2 gap-3">
      <legend className="mb-1 text-small font-medium text-ink-soft">Events that are there already</legend>
      {modes.map(({ mode, title, note }) => (
        <label
          key={mode}
          className={classNames(
            'flex items-start gap-2 rounded-medium border px-2.5 py-2',
            chosen === mode ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name="mode"
            aria-label={title}
            aria-describedby={`mode-${mode}`}
            checked={chosen === mode}
            onChange={() => onChange(mode)}
            className="mt-0.5 size-3.5 accent-accent"
          />
          <span>
            <span className="block leading-4.5 font-medium">{title}</span>
            <span id={`mode-${mode}`} className="block text-small text-ink-soft">
              {note}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
