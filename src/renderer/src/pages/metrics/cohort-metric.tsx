import { CalendarDays, TableProperties } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Model } from '../../../../contract/warehouse';
import type { ChartChoice } from '../../charts/chart-choice';
import { CohortChart } from '../../charts/cohort-chart';
import { averagesOf, cohortsOf, type CohortCell } from '../../charts/data/cohorts';
import type { TableData } from '../../charts/data/table-data';
import { changeShare, endOf, startOf, type Grain, type TimeRange } from '../../charts/data/transform';
import { PointPopover } from '../../charts/point-popover';
import { useWidth } from '../../charts/use-width';
import { useModels } from '../../client/queries';
import { useShowRows } from '../../console/use-show-rows';
import { startOfMonth, monthOf } from '../../format/civil-day';
import { columnTitle, modelTitle } from '../../format/model-title';
import { noRows } from '../../metrics/nothing-to-draw';
import { daysOfPeriod, filterConditions, rowsBehindSql, sourceOf } from '../../metrics/rows-behind';
import { isFiltered, useTable } from '../../metrics/use-metric-data';
import { goTo } from '../../navigation/route';
import { comparedCohortsSql } from './compare-sql';
import { CompareSelect, RangeRows, useComparedRanges } from './compared-ranges';
import { ChartRegion } from './chart-region';
import { MetricPanes } from './metric-panes';
import type { PlainMetricProps } from './plain-metric-props';
import { useFormats } from '../../format/use-formats';

type CohortChoice = Extract<ChartChoice, { kind: 'cohort' }>;
interface PickedCell {
  readonly cell: CohortCell;
  readonly at: { readonly x: number; readonly y: number };
}

/** Cohorts by age; two ranges of them can be compared by their averages. */
export function CohortMetric(props: PlainMetricProps<CohortChoice>) {
  const formats = useFormats();
  const { metric, found, data, choice, filter, figure } = props;
  const { element, width } = useWidth();
  const [picked, setPicked] = useState<PickedCell | null>(null);
  const cells = useMemo(() => cellsOf(data, choice), [data, choice]);
  const starts = useMemo(
    () => cohortsOf(cells).rows.map(({ start, cells: own }) => ({ time: start, values: [own.length] })),
    [cells],
  );
  const ranges = useComparedRanges(metric.name, starts, 'month');
  const { times } = ranges;
  const nameOf = (column: number) => data.columns[column]?.name ?? '';
  const wordsOf = (column: number) => columnTitle(nameOf(column));
  const columns = { start: nameOf(choice.start), age: nameOf(choice.age), value: nameOf(choice.value) };
  const compared = useTable(
    times && found.sql !== null ? comparedCohortsSql(found.sql, columns, times.a, times.b) : null,
  );
  const leftOut = data.rows - cells.length;
  const averageOf = (name: string, range: TimeRange) => ({
    name,
    byAge: averagesOf(cells.filter(({ start }) => start >= range.from && start <= range.to)),
  });
  return (
    <MetricPanes
      metric={metric}
      figure={figure}
      table={times ? compared.state : found.state}
      tableNote={times ? 'averages of the cohorts in A and B' : null}
      empty={noRows(isFiltered(filter))}
      markedRow={times ? null : (picked?.cell.row ?? null)}
      chart={
        <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-3">
          <div className="flex flex-wrap items-center gap-3 text-small text-ink-soft">
            <CompareSelect ranges={ranges} disabled={starts.length < 3} />
            <span>{`One row per ${wordsOf(choice.start)}`}</span>
            {leftOut > 0 && <span>{`${formats.amount(leftOut, 'row')} left out: a value is NULL`}</span>}
          </div>
          <RangeRows ranges={ranges} points={starts} />
          <ChartRegion metric={metric} element={element} width={width}>
            <CohortChart
              label={modelTitle(metric)}
              width={width}
              cells={cells}
              unit={wordsOf(choice.age)}
              measure={wordsOf(choice.value)}
              averages={times ? [averageOf('Average of A', times.a), averageOf('Average of B', times.b)] : []}
              onPick={(cell, at) => setPicked({ cell, at })}
            />
          </ChartRegion>
          {picked && <CellPoint {...props} cells={cells} picked={picked} onClose={() => setPicked(null)} />}
        </div>
      }
    />
  );
}

/** Rows with all three values; the others have no place in the chart. */
function cellsOf(data: TableData, { start, age, value }: CohortChoice): CohortCell[] {
  return Array.from({ length: data.rows }, (_, row) => row).flatMap((row) => {
    const [begin, periods, share] = [data.number(row, start), data.number(row, age), data.number(row, value)];
    return begin === null || periods === null || share === null ? [] : [{ row, start: begin, age: periods, share }];
  });
}

interface CellPointProps extends PlainMetricProps<CohortChoice> {
  readonly cells: readonly CohortCell[];
  readonly picked: PickedCell;
  readonly onClose: () => void;
}

/** A cell: its share, those of the others, and the rows and days behind it. */
function CellPoint({ metric, data, choice, filter, cells, picked: { cell, at }, onClose }: CellPointProps) {
  const formats = useFormats();
  const models = useModels().data ?? [];
  const showRows = useShowRows();
  const age = data.columns[choice.age]?.name ?? '';
  const days = daysOfCell(cell, age);
  const before = cells.find(({ start, age: other }) => start === cell.start && other === cell.age - 1);
  const average = averagesOf(cells).get(cell.age);
  const conditions = [...filterConditions(filter), ...cohortCondition(metric, cell)];
  const name = columnTitle(data.columns[choice.value]?.name ?? '');
  return (
    <PointPopover
      at={at}
      title={`${formats.monthUtc(cell.start)}, ${cell.age} later`}
      notes={[
        `${formats.percent(cell.share)} ${name}`,
        ...(average === undefined ? [] : [`${formats.percent(average)} on average of all cohorts`]),
      ]}
      values={[
        {
          name,
          colour: null,
          value: cell.share,
          change: before ? changeShare(cell.share, before.share) : null,
          onFilter: null,
          picked: false,
        },
      ]}
      against={before ? `Against ${before.age} later: ${formats.percent(before.share)}` : null}
      actions={[
        {
          title: 'Show rows',
          icon: TableProperties,
          run: () =>
            showRows(
              rowsBehindSql(sourceOf(metric, models), days, conditions),
              `Rows of ${formats.monthUtc(cell.start)}, ${cell.age} later`,
            ),
        },
        {
          title: 'Open the days',
          icon: CalendarDays,
          run: () => goTo('partitions', days === null ? undefined : `${days.first}..${days.last}`),
        },
      ]}
      onClose={onClose}
    />
  );
}

/** The days of a cell, by the unit in the name of the age column; null if it has none. */
function daysOfCell({ start, age }: CohortCell, column: string) {
  const grain = (['day', 'week', 'month'] as const).find((unit) => column.includes(unit));
  if (!grain) return null;
  return daysOfPeriod(moved(startOf(start, grain), age, grain), grain, grain);
}

function moved(time: number, periods: number, grain: Grain): number {
  return grain === 'month' ? startOfMonth(monthOf(time) + periods) : time + periods * (endOf(time, grain) - time);
}

/** The teams of a cohort, of the shipped metric; other metrics define their cohorts themselves. */
function cohortCondition({ dependsOn, origin }: Model, { start }: CohortCell): string[] {
  if (origin !== 'shipped' || !dependsOn.includes('silver_team_months')) return [];
  const day = new Date(start).toISOString().slice(0, 10);
  return [`team_id IN (SELECT team_id FROM silver_team_months GROUP BY team_id HAVING min(month) = DATE '${day}')`];
}
