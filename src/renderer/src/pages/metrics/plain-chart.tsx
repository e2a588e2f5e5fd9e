import { useState } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { BarChart } from '../../charts/bar-chart';
import type { ChartChoice } from '../../charts/chart-choice';
import { CohortChart, ShareScale, type CohortCell } from '../../charts/cohort-chart';
import type { TableData } from '../../charts/data/table-data';
import { useWidth } from '../../charts/use-width';
import { Select } from '../../components/forms/select';
import { columnTitle, modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { canPick, type OnMark } from './on-mark';

const mostBars = 200;

export interface PlainChartProps {
  readonly metric: Model;
  readonly data: TableData;
  readonly choice: Extract<ChartChoice, { kind: 'bar' | 'cohort' }>;
  readonly pick: OnMark;
}

/** A chart without a time axis to zoom: bars by name, or cohorts by age. */
export function PlainChart({ metric, data, choice, pick }: PlainChartProps) {
  const formats = useFormats();
  const { element, width } = useWidth();
  const label = modelTitle(metric);
  const values = choice.kind === 'bar' ? choice.values : [choice.value];
  const [picked, setPicked] = useState(0);
  const value = values[picked] ?? values[0] ?? 0;
  const nameOf = (column: number) => data.columns[column]?.name ?? '';
  const wordsOf = (column: number) => columnTitle(nameOf(column));
  const pickOf = (row: number) => {
    const by = choice.kind === 'bar' ? choice.label : -1;
    const found = data.text(row, by);
    return canPick(nameOf(by)) && found !== null ? () => pick(nameOf(by), found) : null;
  };
  const rows = Array.from({ length: data.rows }, (_, row) => row);
  const leftOut = choice.kind === 'cohort' ? data.rows - cellsOf(data, choice).length : 0;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-3">
      <div className="flex flex-wrap items-center gap-3 text-small text-ink-soft">
        {values.length > 1 && (
          <Select
            label="Show"
            value={String(picked)}
            options={values.map((column, index) => ({
              value: String(index),
              title: wordsOf(column),
            }))}
            onChange={(index) => setPicked(Number(index))}
          />
        )}
        {choice.kind === 'cohort' && (
          <>
            <span>{`${wordsOf(value)} by ${wordsOf(choice.age)}; one row per ${wordsOf(choice.start)}`}</span>
            {leftOut > 0 && <span>{`${formats.amount(leftOut, 'row')} left out: a value is NULL`}</span>}
            <ShareScale />
          </>
        )}
        {choice.kind === 'bar' && data.rows > mostBars && (
          <span>{`The first ${mostBars} of ${formats.amount(data.rows, 'row')}`}</span>
        )}
      </div>
      <div
        ref={element}
        tabIndex={0}
        role="region"
        aria-label={`Chart of ${label}`}
        className="min-h-0 flex-1 overflow-auto"
      >
        {width > 0 && choice.kind === 'bar' && (
          <BarChart
            label={label}
            measure={wordsOf(value)}
            width={width}
            bars={rows.slice(0, mostBars).map((row) => ({
              name: `${nameOf(choice.label).replace(/_id$/, '')} ${data.text(row, choice.label) ?? 'NULL'}`,
              onPick: pickOf(row),
              value: data.number(row, value),
            }))}
          />
        )}
        {width > 0 && choice.kind === 'cohort' && (
          <CohortChart label={label} width={width} cells={cellsOf(data, choice)} />
        )}
      </div>
    </div>
  );
}

/** Rows with all three values; the others have no place in the chart. */
function cellsOf(data: TableData, { start, age, value }: Extract<ChartChoice, { kind: 'cohort' }>): CohortCell[] {
  return Array.from({ length: data.rows }, (_, row) => row).flatMap((row) => {
    const [begin, periods, share] = [data.number(row, start), data.number(row, age), data.number(row, value)];
    return begin === null || periods === null || share === null ? [] : [{ start: begin, age: periods, share }];
  });
}
