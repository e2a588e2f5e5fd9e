import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
} from '@tanstack/react-table';
import { TriangleAlert } from 'lucide-react';
import type { Partition } from '../../../../contract/warehouse';
import { formatBytes, formatCount } from '../../format/numbers';
import { formatInstant } from '../../format/time';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

const helper = createColumnHelper<typeof features, Partition>();

/** The columns of the table, and of the grid that they stand in. */
export const columns = helper.columns([
  helper.accessor('date', { header: 'Date', sortFn: 'basic', cell: ({ row }) => <DateCell {...row.original} /> }),
  helper.accessor('files', { header: 'Files', sortFn: 'basic', cell: ({ row }) => <FilesCell {...row.original} /> }),
  helper.accessor('rows', { header: 'Rows', sortFn: 'basic', cell: ({ getValue }) => formatCount(getValue()) }),
  helper.accessor('bytes', { header: 'Size', sortFn: 'basic', cell: ({ getValue }) => formatBytes(getValue()) }),
  helper.accessor('modifiedAt', {
    header: 'Modified',
    sortFn: 'basic',
    cell: ({ getValue }) => formatInstant(getValue()),
  }),
]);

function DateCell({ date, files }: Partition) {
  return (
    <>
      {date}
      {files === 0 && <span className="ml-3 text-small text-ink-faint">no files</span>}
    </>
  );
}

function FilesCell({ files, damagedFiles }: Partition) {
  if (damagedFiles.length === 0) return formatCount(files);
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-bad" title={damagedFiles.join('\n')}>
      <TriangleAlert size={13} aria-hidden />
      {formatCount(damagedFiles.length)} damaged of {formatCount(files)}
    </span>
  );
}
