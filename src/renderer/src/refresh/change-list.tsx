import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { useFormats } from '../format/use-formats';
import { changedValues, daySpan } from './changed-values';

/** Periods of a model listed at first; a refresh after a large change has hundreds. */
const listed = 50;

/** Changes of a refresh in gold: by model and period, old and new values, and the changed days behind them. */
export function ChangeList({ changes }: { changes: readonly RefreshChange[] }) {
  const byModel = useMemo(() => groupByModel(changes), [changes]);
  return (
    <ul aria-label="Changes" className="divide-y divide-line/60">
      {byModel.map(([model, periods]) => (
        <li key={model}>
          <ModelChanges model={model} periods={periods} />
        </li>
      ))}
    </ul>
  );
}

function ModelChanges({ model, periods }: { model: string; periods: readonly RefreshChange[] }) {
  const formats = useFormats();
  const [shown, setShown] = useState(listed);
  return (
    <details className="group">
      <summary className="flex list-none items-center gap-2 px-4 py-1.5 hover:bg-hover">
        <ChevronRight size={14} aria-hidden className="text-ink-faint transition-transform group-open:rotate-90" />
        <span className="min-w-0 flex-1 truncate font-mono text-small">{model}</span>
        <span className="text-small text-ink-soft">{formats.amount(periods.length, 'period')}</span>
      </summary>
      <table aria-label={`Changes of ${model}`} className="mb-2 w-full text-left text-small select-text">
        <thead className="text-ink-faint">
          <tr>
            <th className="py-1 pr-4 pl-10 font-medium">Period</th>
            <th className="px-4 py-1 font-medium">What changed</th>
            <th className="px-4 py-1 font-medium">Because of</th>
          </tr>
        </thead>
        <tbody>
          {periods.slice(0, shown).map((change) => (
            <Change key={change.period ?? 'all'} change={change} />
          ))}
        </tbody>
      </table>
      {periods.length > shown && (
        <button
          type="button"
          onClick={() => setShown(shown + listed)}
          className="mb-2 ml-10 rounded-small text-small font-medium text-accent-ink hover:underline"
        >
          Show more of {formats.amount(periods.length, 'period')}
        </button>
      )}
    </details>
  );
}

function Change({ change }: { change: RefreshChange }) {
  const formats = useFormats();
  const { period, kind, causedBy } = change;
  return (
    <tr className="align-baseline">
      <td className="py-0.5 pr-4 pl-10 whitespace-nowrap">
        {formats.dates(period ?? 'all')} <span className="ml-1 text-ink-faint">{kind === 'changed' ? '' : kind}</span>
      </td>
      <td className="w-full px-4 py-0.5 break-words">
        {changedValues(change, formats).map((text) => (
          <span key={text} className="mr-4 inline-block">
            {text}
          </span>
        ))}
      </td>
      <td className="px-4 py-0.5 whitespace-nowrap text-ink-soft" title={formats.dates(causedBy.join(', '))}>
        {daySpan(causedBy, formats)}
      </td>
    </tr>
  );
}

function groupByModel(changes: readonly RefreshChange[]): [string, RefreshChange[]][] {
  const byModel = new Map<string, RefreshChange[]>();
  for (const change of changes) {
    const periods = byModel.get(change.model);
    if (periods) periods.push(change);
    else byModel.set(change.model, [change]);
  }
  return [...byModel];
}
