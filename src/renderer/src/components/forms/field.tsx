import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '../class-names';

export interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The error of the value, as a sentence. */
  readonly error?: string | undefined;
  /** An explanation below the input. */
  readonly note?: string;
  /** A button at the end of the input. */
  readonly action?: ReactNode;
  /** The unit of the number, shown at the end of the input. */
  readonly unit?: string;
}

/** A labelled input with room for an error. */
export function Field({ label, value, onChange, error, note, action, unit, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={classNames('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-small font-medium text-ink-soft">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? note && `${id}-note` : `${id}-error`}
          className={classNames(
            'h-8 w-full rounded-medium border bg-surface px-2.5 outline-offset-0',
            error === undefined ? 'border-line-strong' : 'border-bad',
            (action !== undefined || unit !== undefined) && 'pr-9',
          )}
        />
        {unit !== undefined && (
          <span aria-hidden className="pointer-events-none absolute top-1.5 right-2.5 text-ink-faint">
            {unit}
          </span>
        )}
        {action !== undefined && <div className="absolute top-0.5 right-0.5">{action}</div>}
      </div>
      {error === undefined && note !== undefined && (
        <p id={`${id}-note`} className="mt-1 text-small text-ink-soft">
          {note}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 text-small text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
