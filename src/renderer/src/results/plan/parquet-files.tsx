import type { ParquetReads } from '../../../../contract/result-work';
import { Disclosure } from '../../components/disclosure';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { sum } from '../../../../contract/sum';

/** Files that are listed; the rest is counted. */
const maxListed = 200;

/** Parquet files and row groups that a statement read, and those that it skipped. */
export function ParquetFiles({ reads: { opened, pruned } }: { reads: ParquetReads }) {
  const formats = useFormats();
  if (opened.length === 0) return null;
  // Files that were read come first: there may be thousands of skipped ones.
  const listed = [
    ...opened.map((file) => ({ ...file, pruned: false as const })),
    ...(pruned ?? []).map((path) => ({ path, pruned: true as const })),
  ];
  return (
    <div className="mb-3 max-w-3xl rounded-medium border border-line bg-surface">
      <Disclosure title="Parquet" summary={summaryOf(opened, pruned, formats)}>
        <table className="w-full text-small">
          <thead className="text-left text-ink-soft">
            <tr>
              <th className="py-0.5 font-normal">File</th>
              <th className="pl-4 text-right font-normal">Row groups read</th>
              <th className="pl-4 text-right font-normal">Rows in them</th>
              <th className="pl-4 text-right font-normal">Bytes read</th>
            </tr>
          </thead>
          <tbody>
            {listed.slice(0, maxListed).map((file) => (
              <tr key={file.path} className={file.pruned || file.rowGroups.read === 0 ? 'text-ink-soft' : undefined}>
                <th scope="row" className="py-0.5 text-left font-mono text-micro font-normal break-all select-text">
                  {file.path}
                </th>
                {file.pruned ? (
                  <td colSpan={3} className="pl-4 text-right">
                    pruned
                  </td>
                ) : (
                  <>
                    <td className="pl-4 text-right">
                      {formats.count(file.rowGroups.read)} of {formats.count(file.rowGroups.total)}
                    </td>
                    <td className="pl-4 text-right">{formats.count(file.rows)}</td>
                    <td className="pl-4 text-right whitespace-nowrap">{formats.bytes(file.bytes)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {listed.length > maxListed && (
          <p className="mt-1 text-small text-ink-soft">and {formats.amount(listed.length - maxListed, 'file')} more</p>
        )}
      </Disclosure>
    </div>
  );
}

function summaryOf(opened: ParquetReads['opened'], pruned: ParquetReads['pruned'], formats: Formats): string {
  const total = (value: (file: (typeof opened)[number]) => number) => sum(opened.map(value));
  const read = total(({ rowGroups }) => rowGroups.read);
  const left = total(({ rowGroups }) => rowGroups.total) - read;
  return [
    formats.amount(opened.length, 'file') + ' opened',
    ...(pruned && pruned.length > 0 ? [`${formats.count(pruned.length)} pruned`] : []),
    formats.amount(read, 'row group') + ' read',
    ...(left > 0 ? [`${formats.count(left)} pruned or not needed`] : []),
    formats.amount(
      total(({ rows }) => rows),
      'row',
    ) + ' in them',
    formats.bytes(total(({ bytes }) => bytes)),
  ].join(' · ');
}
