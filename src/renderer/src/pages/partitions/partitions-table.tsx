import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { Partition } from '../../../../contract/warehouse';
import { classNames } from '../../components/class-names';
import { columns, features } from './partition-columns';

const rowHeight = 30;
const grid = 'grid grid-cols-[minmax(150px,1.4fr)_minmax(150px,1.2fr)_1fr_1fr_minmax(140px,1.2fr)]';
const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** Every day as a row; only those on screen are in the document. */
export function PartitionsTable({ partitions }: { partitions: Partition[] }) {
  const element = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns,
    data: partitions,
    getRowId: ({ date }) => date,
    initialState: { sorting: [{ id: 'date', desc: true }] },
    enableSortingRemoval: false,
  });
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });

  return (
    <div
      ref={element}
      role="table"
      aria-label="Partitions"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto rounded-large border border-line bg-surface shadow-raised"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-sunken">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={grid}>
            {group.headers.map(({ id, column }, index) => (
              <SortHeader
                key={id}
                title={String(column.columnDef.header)}
                sorted={column.getIsSorted()}
                index={index}
                onToggle={column.getToggleSortingHandler()}
              />
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={row.id}
                role="row"
                aria-rowindex={index + 2}
                className={classNames(
                  grid,
                  'absolute inset-x-0 items-center border-b border-line/60 tabular-nums',
                  row.original.damagedFiles.length > 0 ? 'bg-bad-soft' : 'hover:bg-hover',
                )}
                style={{ top: start, height: rowHeight }}
              >
                {row.getAllCells().map((cell, cellIndex) => (
                  <div key={cell.id} role="cell" className={classNames(place(cellIndex), 'truncate select-text')}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

interface SortHeaderProps {
  readonly title: string;
  readonly sorted: 'asc' | 'desc' | false;
  readonly index: number;
  readonly onToggle: ((event: unknown) => void) | undefined;
}

function SortHeader({ title, sorted, index, onToggle }: SortHeaderProps) {
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div role="columnheader" aria-sort={sorted ? ariaSort[sorted] : 'none'} className={place(index)}>
      <button
        type="button"
        onClick={onToggle}
        className={classNames(
          'inline-flex h-8 items-center gap-1 rounded-small text-small font-semibold text-ink-soft hover:text-ink',
          isAmount(index) && 'flex-row-reverse',
        )}
      >
        {title}
        <Arrow size={12} aria-hidden className={sorted ? 'text-accent-ink' : 'opacity-0'} />
      </button>
    </div>
  );
}

/** Amounts line up on the right, dates on the left. */
function place(index: number): string {
  return isAmount(index) ? 'px-4 text-right' : 'px-4';
}

const isAmount = (index: number): boolean => index >= 1 && index <= 3;
