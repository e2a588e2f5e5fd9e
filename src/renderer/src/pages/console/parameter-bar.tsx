import { useMemo } from 'react';
import { noParameter } from '../../../../contract/results';
import { parameterNames } from '../../../../contract/text/sql-text';
import { useStore } from '../../client/store';
import { ParameterField } from '../../components/forms/parameter-field';
import type { ConsoleTab } from '../../console/console-tab';

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
        const parameter = parameters[name] ?? noParameter;
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
