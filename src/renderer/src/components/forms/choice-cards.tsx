import { useId } from 'react';
import { classNames } from '../class-names';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly note: string;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  /** Null if none of them is selected. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** Focuses the selected card on mount. */
  readonly autoFocus?: boolean;
  readonly className?: string;
}

/** One of a few options, each with an explanation. */
export function ChoiceCards<Value extends string>({
  legend,
  choices,
  value: chosen,
  onChange,
  autoFocus = false,
  className,
}: ChoiceCardsProps<Value>) {
  const id = useId();
  return (
    <fieldset className={className}>
      <legend className="mb-1 text-small font-medium text-ink-soft">{legend}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(6.5rem,100%),1fr))] gap-2">
        {choices.map(({ value, title, note }) => (
          <label
            key={value}
            className={classNames(
              'flex items-start gap-2 rounded-medium border px-2.5 py-2 transition-colors',
              'outline-offset-1 outline-accent has-focus-visible:outline-2',
              chosen === value ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={id}
              aria-label={title}
              aria-describedby={`${id}-${value}`}
              checked={chosen === value}
              autoFocus={autoFocus && chosen === value}
              onChange={() => onChange(value)}
              className="mt-0.5 size-3.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block leading-4.5 font-medium">{title}</span>
              <span id={`${id}-${value}`} className="block text-small text-ink-soft">
                {note}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
