import { useId } from 'react';
import { classNames } from '../class-names';

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
  readonly onChange: (value: string) => void;
  /** A shorter label for narrow windows; null for none. */
  readonly shown?: string | null;
  readonly disabled?: boolean;
  /** A tooltip: why it is disabled, or its purpose. */
  readonly title?: string | undefined;
}

/** A native select with its label in front. */
export function Select({ label, value, options, onChange, shown = label, disabled = false, title }: SelectProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5" title={title}>
      {shown !== null && (
        <label htmlFor={id} className="text-small text-ink-soft">
          {shown}
        </label>
      )}
      <select
        id={id}
        aria-label={shown === label ? undefined : label}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(
          'h-7 max-w-40 truncate rounded-medium border border-line-strong bg-surface px-1.5 text-small text-ink',
          'disabled:opacity-55',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </span>
  );
}
