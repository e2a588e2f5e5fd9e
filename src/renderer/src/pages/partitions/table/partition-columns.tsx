import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
} from '@tanstack/react-table';
import { CircleX, TriangleAlert } from 'lucide-react';
import type { Partition } from '../../../../../contract/partitions';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';
import { marksOf } from '../../../calendar/days';
import { measures } from '../calendar/measures';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

const helper = createColumnHelper<typeof features, Partition>();

/** The columns of the table and of its grid. */
export const columns = helper.columns([
  helper.accessor('date', {
    header: 'Date',
    sortFn: 'basic',
    cell: ({ getValue }) => <Formatted write={({ dates }) => dates(getValue())} />,
  }),
  helper.accessor('rows', {
    header: 'Rows',
    sortFn: 'basic',
    cell: ({ getValue }) => <Formatted write={({ count }) => count(getValue())} />,
  }),
  helper.accessor('bytes', {
    header: 'Size',
    sortFn: 'basic',
    cell: ({ getValue }) => <Formatted write={({ bytes }) => bytes(getValue())} />,
  }),
  helper.accessor('files', {
    header: 'Files',
    sortFn: 'basic',
    cell: ({ getValue }) => <Formatted write={({ count }) => count(getValue())} />,
  }),
  helper.accessor((partition) => measures.perUser.of(partition) ?? undefined, {
    id: 'perUser',
    header: 'Events per user',
    sortFn: 'basic',
    sortUndefined: 'last',
    cell: ({ getValue }) => <Formatted write={({ separated }) => separated(getValue()?.toFixed(2) ?? '–')} />,
  }),
  helper.accessor(stateOf, {
    id: 'state',
    header: 'State',
    sortFn: 'basic',
    cell: ({ row }) => <State {...row.original} />,
  }),
]);

function Formatted({ write }: { readonly write: (formats: Formats) => string }) {
  return write(useFormats());
}

/** For sorting: days that need attention come last, or first. */
function stateOf(partition: Partition): number {
  return ['stale', 'warned', 'failing', 'damaged', 'missing'].findLastIndex((mark) =>
    marksOf(partition).some((each) => each === mark),
  );
}

function State(partition: Partition) {
  const formats = useFormats();
  const marks = marksOf(partition);
  const names = partition.failedChecks.map(({ name }) => name).join(', ');
  const errors = partition.failedChecks.filter(({ severity }) => severity === 'error').length;
  if (marks.includes('missing')) return <span className="text-ink-soft">no files</span>;
  if (marks.includes('damaged')) return <FileState {...partition} />;
  if (marks.includes('failing')) {
    return (
      <span className="flex items-center gap-1 text-bad" title={names}>
        <CircleX size={13} aria-hidden />
        {formats.amount(errors, 'error')}
      </span>
    );
  }
  if (marks.includes('warned')) {
    return (
      <span className="text-ink-soft" title={names}>
        {formats.amount(partition.failedChecks.length, 'warning')}
      </span>
    );
  }
  return marks.includes('stale') && <span className="text-ink-soft">stale</span>;
}

/** Files that can't be read, or that the last refresh went on without. */
function FileState({ date, locked, damagedFiles, leftOutFiles }: Partition) {
  const formats = useFormats();
  const damaged = damagedFiles.length;
  const state = damaged > 0 ? `${formats.count(damaged)} damaged` : `${formats.count(leftOutFiles.length)} left out`;
  return (
    <span
      className="flex items-center gap-1 font-medium text-bad"
      title={locked ? `data/events/date=${date}` : [...new Set([...damagedFiles, ...leftOutFiles])].join('\n')}
    >
      <TriangleAlert size={13} aria-hidden />
      {locked ? 'can’t be read' : state}
    </span>
  );
}
