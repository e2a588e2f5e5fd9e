import { CalendarPlus, ChevronDown } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { generationLimits, wholeNumber } from '../../../../contract/recipe';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { Field } from '../../components/forms/field';
import { Notice } from '../../components/notice';
import { Popover } from '../../components/overlays/popover';
import { useFormats } from '../../format/use-formats';
import type { Jobs } from './use-jobs';

/** Adds the next day with one click, or several days. */
export function AdvanceButton({ jobs }: { jobs: Jobs }) {
  const [choosing, setChoosing] = useState(false);
  const { advance, busy } = jobs;
  return (
    <div className="flex" role="group" aria-label="Advance">
      <Button
        icon={CalendarPlus}
        disabled={busy}
        busy={advance.pending}
        title="Add the next day, continuing with the same users and teams"
        className="rounded-r-none border-r-0"
        onClick={() => advance.run(1)}
      >
        <span className="max-[1000px]:sr-only">Add the next day</span>
      </Button>
      <Popover
        label="Add days"
        open={choosing && !busy}
        onOpenChange={setChoosing}
        trigger={
          <Button
            icon={ChevronDown}
            disabled={busy || advance.pending}
            aria-label="Add several days"
            className="rounded-l-none"
          />
        }
      >
        <DaysForm
          onAdd={(days) => {
            setChoosing(false);
            advance.run(days);
          }}
        />
      </Popover>
    </div>
  );
}

/** Why no days were added; if they need much space, asks whether to add them anyway. */
export function AdvanceProblem({ advance }: { advance: Jobs['advance'] }) {
  const formats = useFormats();
  const { error, days, pending, run } = advance;
  if (!error) return null;
  if (error.code !== 'NEEDS_CONFIRMATION') return <ErrorNotice error={error} />;
  return (
    <Notice
      tone="warn"
      action={
        <Button busy={pending} onClick={() => run(days, true)}>
          Add {formats.amount(days, 'day')} anyway
        </Button>
      }
    >
      {error.message}
    </Notice>
  );
}

const usual = [7, 30, 90];
const daysSchema = wholeNumber('Days', 1, generationLimits.days);

/** Number of days: common amounts with one click, or any number. */
function DaysForm({ onAdd }: { onAdd: (days: number) => void }) {
  const formats = useFormats();
  const [text, setText] = useState('7');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = daysSchema.safeParse(text.trim() === '' ? Number.NaN : Number(text));
    if (parsed.success) onAdd(parsed.data);
    else setError(parsed.error.issues[0]?.message);
  };
  return (
    <form onSubmit={submit} noValidate className="w-60">
      <p className="mb-2 text-small text-ink-soft">
        Continues after the last day with the last recipe and the same users and teams.
      </p>
      <div className="mb-3 flex gap-1.5">
        {usual.map((days) => (
          <Button key={days} className="flex-1" onClick={() => onAdd(days)}>
            {formats.amount(days, 'day')}
          </Button>
        ))}
      </div>
      <div className="flex items-end gap-1.5">
        <Field label="Days" inputMode="numeric" className="flex-1" value={text} error={error} onChange={setText} />
        <Button submit look="primary" className="h-8">
          Add
        </Button>
      </div>
    </form>
  );
}
