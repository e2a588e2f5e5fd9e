import { Code, ImageDown, Save } from 'lucide-react';
import { useRef, useState } from 'react';
import { aggregates, chartKinds, type Chart, type ResultFilter } from '../../../../contract/result-work';
import type { Column } from '../../../../contract/column-type';
import type { WarehouseClient } from '../../client/connection';
import { Button } from '../../components/button';
import { useSavePicture } from '../../charts/export/use-save-picture';
import { useFormats } from '../../format/use-formats';
import { ErrorNotice } from '../../components/error-notice';
import { Menu, MenuItem } from '../../components/overlays/menu';
import { Skeleton } from '../../components/skeleton';
import { useResultQuery } from '../session/use-result-query';
import { ChartPoint } from './chart-point';
import { isStacked } from './chart-points';
import { axisTitles, chartTitle } from './suggest-chart';
import { chartNote } from './chart-gaps';
import { ChartDrawing } from './chart-drawing';
import type { ChosenPlace } from './chart-drawing-props';

export interface ChartViewProps {
  readonly client: WarehouseClient;
  readonly resultId: string;
  readonly columns: readonly Column[];
  readonly chart: Chart;
  readonly onChange: (chart: Chart) => void;
  /** Filters the rows of the result; called with `rows` to show them as well. */
  readonly onFilter: (filters: readonly ResultFilter[], show: 'chart' | 'rows') => void;
  /** Null if there is no query to save it with. */
  readonly onSave: (() => void) | null;
  /** Null where the statement is none that other SQL can read from. */
  readonly onShowSql: ((sql: string) => void) | null;
}

/** A chart of a result, with controls to configure it, save it, export it and show its SQL. */
export default function ChartView(props: ChartViewProps) {
  const formats = useFormats();
  const { client, resultId, columns, chart, onChange, onFilter, onSave, onShowSql } = props;
  const area = useRef<HTMLDivElement>(null);
  const { kind, x, y, aggregate, series } = chart;
  const drawn = { kind, x, y, aggregate, series };
  const { answer, error, pending } = useResultQuery(resultId, ['chart', drawn], (signal) =>
    client.results.chart({ resultId, ...drawn }, { signal }),
  );
  const title = chartTitle(chart, columns);
  const note = answer ? chartNote(kind, answer, formats) : null;
  const save = useSavePicture(area, title, () => ({ title, note }));
  const [chosen, setChosen] = useState<ChosenPlace | null>(null);
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <div className="@container flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-3 py-1.5">
        <ChartOptions columns={columns} chart={chart} onChange={onChange} />
        <div className="ml-auto flex">
          {onSave && (
            <Button look="quiet" icon={Save} title="Save chart with query" onClick={onSave}>
              <Roomy>Save chart with query</Roomy>
            </Button>
          )}
          {onShowSql && (
            <Button
              look="quiet"
              icon={Code}
              title="Show SQL"
              disabled={!answer}
              onClick={() => answer && onShowSql(answer.sql)}
            >
              <Roomy>Show SQL</Roomy>
            </Button>
          )}
          <Menu
            label="Save image"
            trigger={
              <Button look="quiet" icon={ImageDown} title="Save image" disabled={!answer}>
                <Roomy>Image</Roomy>
              </Button>
            }
          >
            <MenuItem onSelect={() => save.run('png')}>Save as PNG…</MenuItem>
            <MenuItem onSelect={() => save.run('svg')}>Save as SVG…</MenuItem>
          </Menu>
        </div>
      </div>
      {save.error && <ErrorNotice error={save.error} className="m-2" />}
      <div ref={area} className="flex min-h-48 flex-1 flex-col bg-surface low:min-h-64">
        <h3 className="shrink-0 truncate px-4 pt-2 font-medium">{title}</h3>
        <div className="relative min-h-0 flex-1">
          <div className="absolute inset-x-2 inset-y-2">
            {error && <ErrorNotice error={error} />}
            {!answer && pending && <Skeleton className="h-full" />}
            {answer && (
              <ChartDrawing
                kind={kind}
                data={answer}
                stacked={isStacked(chart, answer)}
                label="Result chart"
                titles={axisTitles(chart, columns)}
                onPick={setChosen}
              />
            )}
          </div>
        </div>
        {answer && chosen && (
          <ChartPoint chart={chart} data={answer} place={chosen} onFilter={onFilter} onClose={() => setChosen(null)} />
        )}
        {note !== null && <p className="shrink-0 px-4 pb-1.5 text-small text-ink-soft">{note}</p>}
      </div>
    </div>
  );
}

/** Text that is replaced by its icon where the buttons would otherwise wrap. */
function Roomy({ children }: { children: string }) {
  return <span className="@max-5xl:sr-only">{children}</span>;
}

function ChartOptions({
  columns,
  chart,
  onChange,
}: {
  columns: readonly Column[];
  chart: Chart;
  onChange: (chart: Chart) => void;
}) {
  const places = columns.map(({ name }, index) => ({ value: String(index), text: name || `column ${index + 1}` }));
  const none = { value: '', text: 'none' };
  const toIndex = (value: string) => (value === '' ? null : Number(value));
  return (
    <>
      <Choice
        label="Chart"
        value={chart.kind}
        options={chartKinds}
        onChange={(kind) => onChange({ ...chart, kind: chartKinds.find((k) => k === kind) ?? 'line' })}
      />
      <Choice
        label="x"
        value={String(chart.x)}
        options={places}
        onChange={(value) => onChange({ ...chart, x: Number(value) })}
      />
      {chart.kind !== 'scatter' && (
        <Choice
          label="Value"
          value={chart.aggregate}
          options={aggregates}
          onChange={(value) => onChange({ ...chart, aggregate: aggregates.find((a) => a === value) ?? 'count' })}
        />
      )}
      {(chart.kind === 'scatter' || chart.aggregate !== 'count') && (
        <Choice
          label="y"
          value={chart.y === null ? '' : String(chart.y)}
          options={[none, ...places]}
          onChange={(value) => onChange({ ...chart, y: toIndex(value) })}
        />
      )}
      <Choice
        label="Split by"
        value={chart.series === null ? '' : String(chart.series)}
        options={[none, ...places]}
        onChange={(value) => onChange({ ...chart, series: toIndex(value) })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (string | { value: string; text: string })[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="flex items-center gap-1.5 text-small text-ink-soft">
      {label}
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 max-w-40 rounded-medium border border-line-strong bg-surface px-1.5 text-body text-ink"
      >
        {options.map((option) =>
          typeof option === 'string' ? (
            <option key={option}>{option}</option>
          ) : (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ),
        )}
      </select>
    </label>
  );
}
