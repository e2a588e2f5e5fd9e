import { Footprints, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { traceKinds, type TraceSubject } from '../../../../contract/trace';
import { Button } from '../../components/button';
import { Segmented } from '../../components/forms/segmented';

const maxDigits = 12;
const kinds = traceKinds.map((kind) => ({ value: kind, title: kind === 'user' ? 'User' : 'Team' }));

interface TraceFormProps {
  readonly subject: TraceSubject | null;
  readonly pending: boolean;
  readonly disabled: boolean;
  readonly onTrace: (subject: TraceSubject | null) => void;
}

/** Asks for the user or team to trace. */
export function TraceForm({ subject, pending, disabled, onTrace }: TraceFormProps) {
  const [kind, setKind] = useState<TraceSubject['kind']>(subject?.kind ?? 'team');
  const [text, setText] = useState(subject ? String(subject.id) : '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text !== '') onTrace({ kind, id: Number(text) });
  };
  const stop = () => {
    setText('');
    onTrace(null);
  };
  return (
    <form aria-label="Trace" onSubmit={submit} className="flex shrink-0 items-center gap-2">
      <Segmented label="Trace by" value={kind} options={kinds} onChange={setKind} />
      <input
        aria-label={kind === 'user' ? 'User to trace' : 'Team to trace'}
        inputMode="numeric"
        placeholder={`${kind} id`}
        value={text}
        disabled={disabled}
        onChange={({ target }) => setText(target.value.replace(/\D/g, '').slice(0, maxDigits))}
        className="h-7 w-24 rounded-medium border border-line-strong bg-surface px-2 text-small placeholder:text-ink-faint disabled:opacity-55"
      />
      <Button
        submit
        icon={Footprints}
        busy={pending}
        disabled={disabled || text === ''}
        title="Trace one user or team through bronze, silver and gold"
      >
        Trace
      </Button>
      {subject && <Button look="quiet" icon={X} aria-label="Stop tracing" title="Stop tracing" onClick={stop} />}
    </form>
  );
}
