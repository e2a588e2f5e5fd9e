import { Search } from 'lucide-react';
import { classNames } from '../class-names';

export interface SearchFieldProps {
  /** The name for screen readers. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The width, as classes. */
  readonly className: string;
}

/** A field that filters a list as its text is typed. */
export function SearchField({ label, placeholder, value, onChange, className }: SearchFieldProps) {
  return (
    <div className={classNames('relative', className)}>
      <Search size={14} aria-hidden className="pointer-events-none absolute top-1.5 left-2 text-ink-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 w-full rounded-medium border border-line-strong bg-surface pr-2 pl-7 outline-offset-0"
      />
    </div>
  );
}
