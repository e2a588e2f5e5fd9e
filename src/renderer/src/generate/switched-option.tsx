import { useId, type ReactNode } from 'react';

export interface SwitchedOptionProps {
  readonly label: string;
  readonly note: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  /** The fields shown when it is on. */
  readonly children: ReactNode;
}

/** An option with a switch, and fields of its own when it is on. */
export function SwitchedOption({ label, note, on, onChange, children }: SwitchedOptionProps) {
  const id = useId();
  return (
    <div>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          aria-label={label}
          aria-describedby={id}
          checked={on}
          onChange={({ target }) => onChange(target.checked)}
          className="mt-0.75 size-3.5 shrink-0 accent-accent"
        />
        <span>
          <span className="font-medium">{label}</span>{' '}
          <span id={id} className="ml-1 text-small text-ink-soft">
            {note}
          </span>
        </span>
      </label>
      {on && <div className="mt-2 grid grid-cols-2 items-start gap-3 pl-5.5">{children}</div>}
    </div>
  );
}
