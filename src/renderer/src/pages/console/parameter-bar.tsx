import { parameterTypes, type Parameter } from '../../../../contract/results';
import { useMemo } from 'react';
import { parameterNames } from '../../../../contract/text/sql-text';
import { useStore } from '../../client/store';
import type { ConsoleTab } from '../../console/console-tab';

const none: Parameter = { type: 'VARCHAR', value: '' };
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

/** Inputs for the value and type of every `$name`, and of every `?` by its number, in the SQL. */
export function ParameterBar({ tab }: { tab: ConsoleTab }) {
  const { text, parameters } = useStore(tab);
  const names = useMemo(() => (/[$?]/.test(text) ? parameterNames(text) : []), [text]);
  if (names.length === 0) return null;
  return (
    <div
      role="group"
      aria-label="Parameters"
      className="flex shrink-0 flex-wrap gap-x-4 gap-y-1.5 border-b border-line px-3 py-2"
    >
      {names.map((name) => {
        const parameter = parameters[name] ?? none;
        return (
          <ParameterField
            key={name}
            name={name}
            parameter={parameter}
            onChange={(next) => tab.setParameter(name, next)}
          />
        );
      })}
    </div>
  );
}

interface ParameterFieldProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly onChange: (parameter: Parameter) => void;
}

function ParameterField({ name, parameter: { type, value }, onChange }: ParameterFieldProps) {
  return (
    <div className="flex items-center gap-1.5">
      <span className="font-mono text-small text-ink-soft">${name}</span>
      <input
        aria-label={`Value of ${name}`}
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
