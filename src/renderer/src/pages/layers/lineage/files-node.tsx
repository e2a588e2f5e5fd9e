import { FolderOpen } from 'lucide-react';
import { hrefTo } from '../../../navigation/route';
import { useSummary } from '../../../client/queries';
import { useFormats } from '../../../format/use-formats';
import { nodeHeight, nodeWidth, type LineageNode } from './layout';

/** The source files of the first layer; links to Partitions. */
export function FilesNode({ node: { name, x, y } }: { node: LineageNode }) {
  const formats = useFormats();
  const { data: summary } = useSummary();
  return (
    <li className="absolute" style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}>
      <a
        href={hrefTo('partitions')}
        tabIndex={-1}
        draggable={false}
        title="Open Partitions"
        className="flex h-full items-center gap-2 rounded-medium border border-dashed border-line-strong bg-sunken px-2.5 hover:border-ink-faint"
      >
        <FolderOpen size={15} aria-hidden className="shrink-0 text-ink-faint" />
        <span className="min-w-0">
          <span className="block truncate leading-4.5 font-medium">{name}</span>
          <span className="block truncate text-small text-ink-soft">
            {summary ? `${formats.amount(summary.files, 'file')} of ${formats.amount(summary.partitions, 'day')}` : ' '}
          </span>
        </span>
      </a>
    </li>
  );
}
