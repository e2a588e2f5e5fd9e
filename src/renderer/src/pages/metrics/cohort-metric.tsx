import { CalendarDays, TableProperties } from 'lucide-react';
import { useMemo, useState } from 'react';
import { msPerDay } from '../../../../contract/calendar';
import type { Model } from '../../../../contract/warehouse';
import type { ChartChoice } from '../../charts/chart-choice';
import { CohortChart } from '../../charts/cohort/cohort-chart';
import { ageUnit, cohortCells, laterText, memberColumns, periodOfAge } from '../../charts/data/cohort-cells';
import { averagesOf, cohortsOf, isWeighted, type CohortCell } from '../../charts/data/cohorts';
import type { TableData } from '../../charts/data/table-data';
import type { Grain, TimeRange } from '../../charts/data/transform';
import { PointPopover, type PointAction } from '../../charts/point-popover';
import type { OtherPlace } from '../../charts/point-values';
import { useWidth } from '../../charts/use-width';
import { useModels } from '../../client/queries';
import { useShowRowsBehind } from '../../metrics/use-show-rows-behind';
import type { Formats } from '../../format/formats';
import { columnTitle, modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { noRows } from '../../metrics/nothing-to-draw';
import { daysOfPeriod, filterConditions, sourceOf } from '../../metrics/rows-behind';
import { isFiltered, useTable } from '../../metrics/use-metric-data';
import { useDaySpan } from '../../metrics/use-partial-periods';
import { goTo } from '../../navigation/route';
import { comparedCohortsSql } from './compare-sql';
import { CompareSelect, compareAction, RangeRows, useComparedRanges } from './compared-ranges';
import { ChartRegion } from './chart-region';
import { MetricPanes } from './metric-panes';
import type { PlainMetricProps } from './plain-metric-props';

type CohortChoice = Extract<ChartChoice, { kind: 'cohort' }>;
interface PickedCell {
  readonly cell: CohortCell;
  readonly at: { readonly x: number; readonly y: number };
}

/** Cohorts by age; two ranges of them can be compared by their averages. */
export function CohortMetric(props: PlainMetricProps<CohortChoice>) {
  const { metric, found, data, choice, filter } = props;
  const { element, width } = useWidth();
  const [picked, setPicked] = useState<PickedCell | null>(null);
  const lastDay = useDaySpan()?.last ?? null;
  const cells = useMemo(() => cohortCells(data, choice, lastDay), [data, choice, lastDay]);
  const starts = useMemo(
    () => cohortsOf(cells).rows.map(({ start, cells: own }) => ({ time: start, values: [own.length] })),
    [cells],
  );
  const ranges = useComparedRanges(metric.name, starts, 'month');
  const { times } = ranges;
  const wordsOf = (column: number) => columnTitle(nameOf(data, column));
  const unit = ageUnit(data, choice);
  const comparedSql =
    times && found.sql !== null
      ? comparedCohortsSql(found.sql, columnsOf(data, choice), { ...times, end: dayAfter(lastDay) })
      : null;
  const compared = useTable(comparedSql);
  const cellsIn = (range: TimeRange) => cells.filter(({ start }) => start >= range.from && start <= range.to);
  return (
    <MetricPanes
      {...props}
      table={times ? compared : found}
      tableNote={times ? 'averages of the cohorts in A and B' : null}
      empty={noRows(isFiltered(filter))}
      markedRow={times ? null : (picked?.cell.row ?? null)}
      chart={
        <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-soft">
            <CompareSelect ranges={ranges} points={starts.length} things="cohorts" />
            <span>{`One row per ${wordsOf(choice.start)}`}</span>
            <CohortNote cells={cells} unit={unit} leftOut={data.rows - cells.length} />
          </div>
          <RangeRows ranges={ranges} points={starts} />
          <ChartRegion metric={metric} element={element} width={width}>
            <CohortChart
              label={modelTitle(metric)}
              width={width}
              cells={cells}
              ages={wordsOf(choice.age)}
              unit={unit}
              measure={wordsOf(choice.value)}
              averages={
                times
                  ? [
                      { name: 'Average of A', cells: cellsIn(times.a) },
                      { name: 'Average of B', cells: cellsIn(times.b) },
                    ]
                  : []
              }
              onPick={(cell, at) => setPicked({ cell, at })}
            />
          </ChartRegion>
          {picked && (
            <CellPoint
              {...props}
              cells={cells}
              unit={unit}
              picked={picked}
              compare={compareAction(ranges, starts.length, 'cohorts')}
              onClose={() => setPicked(null)}
            />
          )}
        </div>
      }
    />
  );
}

const nameOf = ({ columns }: TableData, column: number): string => columns[column]?.name ?? '';

function columnsOf(data: TableData, choice: CohortChoice) {
  const members = memberColumns(data, choice);
  return {
    start: nameOf(data, choice.start),
    age: nameOf(data, choice.age),
    value: nameOf(data, choice.value),
    members: members && { all: nameOf(data, members.all), left: nameOf(data, members.left) },
    unit: ageUnit(data, choice),
  };
}

const dayAfter = (day: number | null): string | null =>
  day === null ? null : new Date(day + msPerDay).toISOString().slice(0, 10);

/** How the averages are computed, and what they and the chart leave out. */
function CohortNote({ cells, unit, leftOut }: { cells: readonly CohortCell[]; unit: Grain | null; leftOut: number }) {
  const formats = useFormats();
  const unfinished = cells.some((cell) => cell.unfinished);
  const notes = [
    isWeighted(cells) ? 'Averages are weighted by cohort size' : 'Averages give each cohort the same weight',
    ...(unfinished ? [`unfinished ${unit ?? 'period'}s (dashed) are left out of them`] : []),
    ...(leftOut > 0 ? [`${formats.amount(leftOut, 'row')} left out: a value is NULL`] : []),
  ];
  return <span data-chart-note>{notes.join('; ')}</span>;
}

interface CellPointProps extends PlainMetricProps<CohortChoice> {
  readonly cells: readonly CohortCell[];
  readonly unit: Grain | null;
  readonly picked: PickedCell;
  readonly compare: PointAction;
  readonly onClose: () => void;
}

/** A cell: its share, those of others, and the rows and days behind it. */
function CellPoint({ metric, data, choice, filter, cells, unit, picked, compare, onClose }: CellPointProps) {
  const formats = useFormats();
  const models = useModels().data ?? [];
  const showRows = useShowRowsBehind();
  const { cell, at } = picked;
  const days = unit && daysOfPeriod(periodOfAge(cell.start, cell.age, unit), unit, unit);
  const conditions = [...filterConditions(filter), ...cohortCondition(metric, cell)];
  const title = `${formats.monthUtc(cell.start)}, ${laterText(cell.age, unit)}`;
  return (
    <PointPopover
      at={at}
      title={title}
      notes={cellNotes(cell, unit, formats)}
      values={[
        {
          name: columnTitle(nameOf(data, choice.value)),
          colour: null,
          value: cell.share,
          onFilter: null,
          picked: false,
        },
      ]}
      shares
      {...otherCells(cell, cells, unit, formats)}
      actions={[
        {
          title: 'Show rows',
          icon: TableProperties,
          run: () => showRows({ source: sourceOf(metric, models), days, conditions }, `Rows of ${title}`),
        },
        {
          title: 'Open the days',
          icon: CalendarDays,
          run: days && (() => goTo('partitions', `${days.first}..${days.last}`)),
          whyNot: 'The unit of the age is unknown: name its column after it, such as months_since.',
        },
        compare,
      ]}
      onClose={onClose}
    />
  );
}

function cellNotes({ members, unfinished }: CohortCell, unit: Grain | null, formats: Formats): string[] {
  return [
    ...(members ? [`${formats.count(members.left)} of ${formats.count(members.all)} are left`] : []),
    ...(unfinished ? [`The data ends within this ${unit ?? 'period'}; averages leave it out.`] : []),
  ];
}

/** The cells that one can be compared with: the age before, the average of its age, other cohorts at its age. */
function otherCells(cell: CohortCell, cells: readonly CohortCell[], unit: Grain | null, formats: Formats) {
  const before = cells.find(({ start, age }) => start === cell.start && age === cell.age - 1);
  const average = averagesOf(cells).get(cell.age);
  const sameAge = cells.filter(({ start, age }) => age === cell.age && start !== cell.start);
  const sameCohort = cells.filter(({ start, age }) => start === cell.start && age !== cell.age && age !== cell.age - 1);
  const others: OtherPlace[] = [
    ...(before ? [{ title: laterText(before.age, unit), values: [before.share] }] : []),
    ...(average === undefined ? [] : [{ title: 'the average of all cohorts', values: [average] }]),
    ...sameAge.map(({ start, share }) => ({
      title: `${formats.monthUtc(start)}, ${laterText(cell.age, unit)}`,
      values: [share],
    })),
    ...sameCohort.map(({ age, share }) => ({ title: laterText(age, unit), values: [share] })),
  ];
  return { others, usual: before ? 0 : null };
}

/** The teams of a cohort, of the shipped metric; other metrics define their cohorts themselves. */
function cohortCondition({ dependsOn, origin }: Model, { start }: CohortCell): string[] {
  if (origin !== 'shipped' || !dependsOn.includes('silver_team_months')) return [];
  const day = new Date(start).toISOString().slice(0, 10);
  return [`team_id IN (SELECT team_id FROM silver_team_months GROUP BY team_id HAVING min(month) = DATE '${day}')`];
}
