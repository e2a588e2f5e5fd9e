import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import { useFilterChoices } from '../../client/queries';
import { Button } from '../../components/button';
import { useFormats } from '../../format/use-formats';
import { Select } from '../../components/forms/select';
import { isFiltered, noFilter } from '../../metrics/use-metric-data';
import { columnTitle } from '../../format/model-title';

const everything = '';
const isTeam = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

/** The filter of all metrics; it stays when another metric is selected. */
export function FilterBar({ filter, onChange }: { filter: MetricFilter; onChange: (filter: MetricFilter) => void }) {
  const choices = useFilterChoices().data;
  const options = (all: string, names: readonly string[] = []) => [
    { value: everything, title: all },
    ...names.map((name) => ({ value: name, title: columnTitle(name) })),
  ];
  return (
    <div role="group" aria-label="Filter" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Select
        label="Event type"
        value={filter.eventName ?? everything}
        options={options('all', choices?.eventNames)}
        onChange={(name) => onChange({ ...filter, eventName: name === everything ? null : name })}
      />
      <TeamField
        key={filter.teamId ?? 'all'}
        teamId={filter.teamId}
        onChange={(teamId) => onChange({ ...filter, teamId })}
      />
      <Select
        label="Platform"
        value={filter.platform ?? everything}
        options={options('all', choices?.platforms)}
        title="Counts only events that include a platform"
        onChange={(name) => onChange({ ...filter, platform: name === everything ? null : name })}
      />
      {isFiltered(filter) && (
        <Button look="quiet" icon={X} title="Clear filter" onClick={() => onChange(noFilter)}>
          <span className="@max-[840px]:sr-only">Clear filter</span>
        </Button>
      )}
    </div>
  );
}

/** Applied on Enter or blur: otherwise each digit would start a computation. */
function TeamField({ teamId, onChange }: { teamId: number | null; onChange: (teamId: number | null) => void }) {
  const formats = useFormats();
  const id = useId();
  const [text, setText] = useState(teamId === null ? '' : String(teamId));
  const commit = () => {
    const typed = text.trim() === '' ? null : formats.parseNumber(text);
    const next = typed === null || isTeam(typed) ? typed : teamId;
    setText(next === null ? '' : String(next));
    if (next !== teamId) onChange(next);
  };
  return (
    <span className="inline-flex items-center gap-1.5">
      <label htmlFor={id} className="text-small text-ink-soft">
        Team
      </label>
      <input
        id={id}
        inputMode="numeric"
        placeholder="all"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
        onBlur={commit}
        className="h-7 w-18 rounded-medium border border-line-strong bg-surface px-2 text-small placeholder:text-ink-faint"
      />
    </span>
  );
}
