import { Columns3 } from 'lucide-react';
import { Button } from '../../../components/button';
import { useFormats } from '../../../format/use-formats';
import { jsonColumnTypes, type JsonColumn, type JsonColumnType } from './json-columns';
import { jsonPathText } from './json-path';

export interface ExtractBarProps {
  readonly columns: readonly JsonColumn[];
  /** Number of values that can be ticked together. */
  readonly all: number;
  readonly onAll: (ticked: boolean) => void;
  readonly onType: (column: JsonColumn, type: JsonColumnType) => void;
  readonly onExtract: () => void;
}

/** The ticked keys of a JSON value, with their types: they become columns together. */
export function ExtractBar({ columns, all, onAll, onType, onExtract }: ExtractBarProps) {
  const formats = useFormats();
  return (
    <section aria-label="Columns from JSON" className="sticky -bottom-3 mt-3 border-t border-line bg-surface pt-2 pb-3">
      <div className="flex items-center gap-2">
        <label className="flex flex-1 items-center gap-1.5 text-small text-ink-soft">
          <input
            type="checkbox"
            checked={columns.length > 0 && columns.length >= all}
            disabled={all === 0}
            onChange={(event) => onAll(event.target.checked)}
          />
          All keys
        </label>
        <Button look="primary" icon={Columns3} disabled={columns.length === 0} onClick={onExtract}>
          {columns.length === 0 ? 'Extract columns' : `Extract ${formats.amount(columns.length, 'column')}`}
        </Button>
      </div>
      {columns.length === 0 && <p className="mt-1 text-small text-ink-soft">Tick keys to make columns of them.</p>}
      <ul className="mt-1.5 max-h-24 overflow-y-auto">
        {columns.map((column) => {
          const path = jsonPathText(column.path);
          return (
            <li key={path} className="flex h-7 items-center gap-2 text-small">
              <span className="min-w-0 flex-1 truncate font-mono" title={path}>
                {path}
              </span>
              <select
                aria-label={`Type of ${path}`}
                value={column.type}
                onChange={(event) => {
                  const type = jsonColumnTypes.find((known) => known === event.target.value);
                  if (type) onType(column, type);
                }}
                className="h-6 rounded-medium border border-line-strong bg-surface px-1"
              >
                {jsonColumnTypes.map((type) => (
                  <option key={type}>{type}</option>
                ))}
              </select>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
