import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { classNames } from '../class-names';

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly title: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** A labelled select of several words. */
export function SelectField<Value extends string>({
  label,
  options,
  value: chosen,
  onChange,
  className,
}: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <div className={classNames('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-small font-medium text-ink-soft">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={chosen}
          onChange={({ target }) => {
            const option = options.find(({ value }) => value === target.value);
            if (option) onChange(option.value);
          }}
          className="h-8 w-full appearance-none rounded-medium border border-line-strong bg-surface pr-8 pl-2.5 outline-offset-0"
        >
          {options.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden className="pointer-events-none absolute top-2 right-2.5 text-ink-faint" />
      </div>
    </div>
  );
}
