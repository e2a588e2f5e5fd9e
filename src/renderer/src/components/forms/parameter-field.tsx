import { parameterTypes, type Parameter } from '../../../../contract/results';

const typeNames: Record<Parameter['type'], string> = {
  VARCHAR: 'Text',
  BIGINT: 'Integer',
  DOUBLE: 'Number',
  BOOLEAN: 'Yes or no',
  DATE: 'Date',
  TIMESTAMP: 'Timestamp',
};
const examples: Partial<Record<Parameter['type'], string>> = {
  BOOLEAN: 'true',
  DATE: '2025-01-31',
  TIMESTAMP: '2025-01-31 12:00:00',
};

export interface ParameterFieldProps {
  readonly name: string;
  /** The name of the value for screen readers. */
  readonly label?: string;
  readonly parameter: Parameter;
  readonly onChange: (parameter: Parameter) => void;
}

/** The value and the type of a `$name`, which may be NULL. */
export function ParameterField({
  name,
  label = `Value of ${name}`,
  parameter: { type, value },
  onChange,
}: ParameterFieldProps) {
  return (
    <div className="flex items-center gap-1.5">
      <span className="font-mono text-small text-ink-soft">${name}</span>
      <input
        aria-label={label}
        value={value ?? ''}
        disabled={value === null}
        placeholder={value === null ? 'NULL' : examples[type]}
        onChange={(event) => onChange({ type, value: event.target.value })}
        className="h-7 w-36 rounded-medium border border-line-strong bg-surface px-2 outline-offset-0 disabled:text-ink-faint"
      />
      <select
        aria-label={`Type of ${name}`}
        value={type}
        onChange={(event) => {
          const chosen = parameterTypes.find((known) => known === event.target.value);
          if (chosen) onChange({ type: chosen, value });
        }}
        className="h-7 rounded-medium border border-line-strong bg-surface px-1.5 outline-offset-0"
      >
        {parameterTypes.map((known) => (
          <option key={known} value={known}>
            {typeNames[known]}
          </option>
        ))}
      </select>
      <label className="flex items-center gap-1 text-small text-ink-soft">
        <input
          type="checkbox"
          checked={value === null}
          aria-label={`${name} is NULL`}
          onChange={(event) => onChange({ type, value: event.target.checked ? null : '' })}
        />
        NULL
      </label>
    </div>
  );
}
