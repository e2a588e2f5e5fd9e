import { noParameter, type Parameter } from '../../../contract/results';
import { ParameterField } from '../components/forms/parameter-field';

export interface MetricDefaultsProps {
  /** Names of the parameters in the SQL. */
  readonly names: readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly onChange: (name: string, value: Parameter) => void;
}

/** The values, with their types, that a refresh builds a metric with. */
export function MetricDefaults({ names, parameters, onChange }: MetricDefaultsProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium text-ink-soft">Defaults of parameters</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {names.map((name) => (
          <ParameterField
            key={name}
            name={name}
            label={`Default of $${name}`}
            parameter={parameters[name] ?? noParameter}
            onChange={(next) => onChange(name, next)}
          />
        ))}
      </div>
    </fieldset>
  );
}
