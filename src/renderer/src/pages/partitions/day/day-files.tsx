import { TriangleAlert } from 'lucide-react';
import type { ParquetColumn, ParquetFile } from '../../../../../contract/partitions';
import { errorReportOf } from '../../../client/error-report';
import { useDayFiles } from '../../../client/queries';
import { ErrorNotice } from '../../../components/error-notice';
import { SkeletonRows } from '../../../components/skeleton';
import { useFormats } from '../../../format/use-formats';

/** The Parquet files of a day, from their footers. */
export function DayFiles({ date }: { date: string }) {
  const formats = useFormats();
  const { data, error } = useDayFiles(date);
  if (error) return <ErrorNotice error={errorReportOf(error)} className="m-4" />;
  if (!data) return <SkeletonRows rows={8} />;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`Files of ${formats.dates(date)}`}
      className="h-full overflow-auto px-4 py-3"
    >
      {data.map((file) => (
        <FileView key={file.path} file={file} />
      ))}
    </div>
  );
}

function FileView({ file: { path, bytes, encrypted, footer } }: { file: ParquetFile }) {
  const formats = useFormats();
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    <article className="mb-5">
      <h3 className="truncate font-mono text-small font-semibold select-text" title={path}>
        {name}
      </h3>
      {footer ? (
        <>
          <p className="text-small text-ink-soft select-text">
            {[
              formats.amount(footer.rows, 'row'),
              formats.bytes(bytes),
              formats.amount(footer.rowGroups.length, 'row group'),
              footer.createdBy.replace(/\s*\(.*\)$/, '').replace(' version ', ' '),
            ].join(' · ')}
          </p>
          {footer.rowGroups.length > 1 && <RowGroups groups={footer.rowGroups} />}
          <Columns columns={footer.columns} />
        </>
      ) : (
        <p className="mt-1 inline-flex items-center gap-1.5 font-medium text-bad">
          <TriangleAlert size={14} aria-hidden />
          {encrypted
            ? `${formats.bytes(bytes)} of encrypted Parquet. Put a decrypted copy in its place, or delete this day.`
            : `${formats.bytes(bytes)} that can’t be read as Parquet. Regenerate or delete this day.`}
        </p>
      )}
    </article>
  );
}

type Groups = NonNullable<ParquetFile['footer']>['rowGroups'];

function RowGroups({ groups }: { groups: Groups }) {
  const formats = useFormats();
  return (
    <ol className="mt-1 flex flex-wrap gap-1.5 text-small text-ink-soft">
      {groups.map((group, index) => (
        // Row groups are only identified by position.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="rounded-small bg-sunken px-1.5">
          {`Group ${index + 1}: ${formats.amount(group.rows, 'row')}, ${formats.bytes(group.compressedBytes)}`}
        </li>
      ))}
    </ol>
  );
}

function Columns({ columns }: { columns: readonly ParquetColumn[] }) {
  const most = Math.max(...columns.map(({ compressedBytes }) => compressedBytes), 1);
  return (
    <table className="mt-1.5 w-full table-fixed text-left text-small">
      <colgroup>
        <col className="w-[30%]" />
        <col className="w-[28%]" />
        <col className="w-[31%]" />
        <col className="w-[11%]" />
      </colgroup>
      <thead className="text-ink-soft">
        <tr className="border-b border-line">
          {['Column', 'Size', 'Range (min – max)'].map((title) => (
            <th key={title} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
              {title}
            </th>
          ))}
          <th scope="col" className="py-1 text-right font-medium">
            Nulls
          </th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <ColumnRow key={column.name} column={column} share={column.compressedBytes / most} />
        ))}
      </tbody>
    </table>
  );
}

/** @param share its size relative to the largest */
function ColumnRow({ column, share }: { column: ParquetColumn; share: number }) {
  const formats = useFormats();
  const { name, type, compressedBytes, uncompressedBytes, compression, encodings, min, max, nulls } = column;
  return (
    <tr className="border-b border-line/60 align-top">
      <th scope="row" className="py-1.5 pr-3 font-normal">
        <span className="block truncate font-mono select-text" title={name}>
          {name}
        </span>
        <span className="block truncate font-mono text-micro text-ink-faint">{type}</span>
        <span className="block text-micro text-ink-faint">{`${compression.toLowerCase()}, ${encodings.join(', ')}`}</span>
      </th>
      <td className="py-1.5 pr-3">
        {formats.bytes(compressedBytes)}
        <span aria-hidden className="my-1 block h-1 rounded-small bg-hover">
          <span className="block h-full rounded-small bg-accent" style={{ width: `${share * 100}%` }} />
        </span>
        <span className="block text-micro whitespace-nowrap text-ink-soft">
          {`${formats.percent(compressedBytes / Math.max(1, uncompressedBytes))} of ${formats.bytes(uncompressedBytes)}`}
        </span>
      </td>
      <td className="py-1.5 pr-3 font-mono text-micro leading-3.5 select-text">
        <span className="line-clamp-2 break-words" title={min ?? undefined}>
          {min ?? '–'}
        </span>
        <span className="mt-1 line-clamp-2 break-words" title={max ?? undefined}>
          {max ?? '–'}
        </span>
      </td>
      <td className="py-1.5 text-right">{nulls === null ? '–' : formats.count(nulls)}</td>
    </tr>
  );
}
