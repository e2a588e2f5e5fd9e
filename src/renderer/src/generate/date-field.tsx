import { CalendarDays } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/forms/field';
import { useFormats } from '../format/use-formats';

export interface DateFieldProps {
  readonly label: string;
  readonly name: string;
  /** A day, or a month if `unit` says so, in ISO; or the typed text, if it is neither. */
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly unit?: 'date' | 'month';
}

/**
 * A day or month in the date format of the settings, as everywhere else in the window: an input of the browser would use
 * the format of the system. Its calendar opens from a button.
 */
export function DateField({ label, name, value, error, onChange, unit = 'date' }: DateFieldProps) {
  const { dayOrMonth, parseDayOrMonth } = useFormats();
  // Typed text stays as it is until the field loses the focus.
  const [draft, setDraft] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="relative min-w-0">
      <Field
        label={label}
        name={name}
        value={draft ?? dayOrMonth(value)}
        placeholder={dayOrMonth(unit === 'date' ? '2025-12-31' : '2025-12')}
        error={error}
        onChange={(text) => {
          setDraft(text);
          onChange(parseDayOrMonth(text));
        }}
        onBlur={() => setDraft(null)}
        action={
          <Button
            look="quiet"
            icon={CalendarDays}
            aria-label={`Choose ${label}`}
            title="Choose from a calendar"
            onClick={() => picker.current?.showPicker()}
          />
        }
      />
      <input
        ref={picker}
        type={unit}
        tabIndex={-1}
        aria-hidden
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="pointer-events-none absolute right-0 bottom-0 size-px opacity-0"
      />
    </div>
  );
}
