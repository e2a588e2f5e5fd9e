import { X } from 'lucide-react';
import { useState } from 'react';
import { filterOperators, type FilterOperator, type ResultFilter } from '../../../../contract/result-work';
import type { Column } from '../../../../contract/column-type';
import { Button } from '../../components/button';

const inputLook = 'h-7 rounded-medium border border-line-strong bg-surface px-2 text-body';

export interface FilterBarProps {
  readonly columns: readonly Column[];
  readonly filters: readonly ResultFilter[];
  /** The filter being edited; null for none. */
  readonly draft: ResultFilter | null;
  readonly onChange: (filters: ResultFilter[]) => void;
  readonly onDraft: (draft: ResultFilter | null) => void;
}

/** The filters of a result, each with a remove button, and the one being edited. */
export function FilterBar({ columns, filters, draft, onChange, onDraft }: FilterBarProps) {
  if (filters.length === 0 && !draft) return null;
  return (
    <div
      role="group"
      aria-label="Filters"
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5"
    >
      {filters.map((filter) => (
        <span
          key={describe(filter, columns)}
          className="flex h-6 max-w-80 items-center gap-1 rounded-medium bg-accent-soft pr-0.5 pl-2 text-small"
        >
          <span className="truncate">{describe(filter, columns)}</span>
          <button
            type="button"
            aria-label={`Remove filter ${describe(filter, columns)}`}
            className="rounded-small p-0.5 hover:bg-selected"
            onClick={() => onChange(filters.filter((other) => other !== filter))}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {draft && (
        <FilterForm
          key={`${draft.column} ${draft.operator} ${draft.value}`}
          draft={draft}
          columns={columns}
          onCancel={() => onDraft(null)}
          onApply={(filter) => {
            onDraft(null);
            onChange([...filters, filter]);
          }}
        />
      )}
    </div>
  );
}

interface FilterFormProps {
  readonly draft: ResultFilter;
  readonly columns: readonly Column[];
  readonly onApply: (filter: ResultFilter) => void;
  readonly onCancel: () => void;
}

function FilterForm({ draft, columns, onApply, onCancel }: FilterFormProps) {
  const [operator, setOperator] = useState(draft.operator);
  const [value, setValue] = useState(draft.value);
  const name = columns[draft.column]?.name ?? '';
  return (
    <form
      aria-label={`Filter ${name}`}
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ ...draft, operator, value });
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <span className="max-w-40 truncate text-small font-medium">{name}</span>
      <select
        aria-label="Condition"
        value={operator}
        onChange={(event) => setOperator(operatorOf(event.target.value))}
        className={inputLook}
      >
        {filterOperators.map((known) => (
          <option key={known}>{known}</option>
        ))}
      </select>
      {!isAboutNull(operator) && (
        <input
          aria-label="Value"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          autoFocus
          className={`${inputLook} w-44 font-mono`}
        />
      )}
      <Button submit look="primary">
        Apply
      </Button>
      <Button look="quiet" onClick={onCancel}>
        Close
      </Button>
    </form>
  );
}

function operatorOf(text: string): FilterOperator {
  return filterOperators.find((known) => known === text) ?? 'equals';
}

function isAboutNull(operator: FilterOperator): boolean {
  return operator === 'is null' || operator === 'is not null';
}

function describe({ column, path, operator, value }: ResultFilter, columns: readonly Column[]): string {
  const name = `${columns[column]?.name ?? ''}${path === undefined ? '' : ` ${path}`}`;
  return isAboutNull(operator) ? `${name} ${operator}` : `${name} ${operator} ${value === '' ? '(empty)' : value}`;
}
