import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { Partition } from '../../../../contract/partitions';
import { classNames } from '../../components/class-names';
import { columns, features } from './partition-columns';

const rowHeight = 30;
const grid = 'grid min-w-max grid-cols-[108px_minmax(52px,1fr)_minmax(68px,1fr)_minmax(68px,1fr)_minmax(76px,1fr)]';
const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export interface PartitionsTableProps {
  readonly partitions: Partition[];
  readonly onOpen: (date: string) => void;
}

/** Every day as a row; only those on screen are in the document. */
export function PartitionsTable({ partitions, onOpen }: PartitionsTableProps) {
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
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
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
                    {cellIndex === 0 ? (
                      <button
                        type="button"
                        onClick={() => onOpen(row.id)}
                        className="rounded-small font-medium text-accent-ink hover:underline"
                      >
                        <table.FlexRender cell={cell} />
                      </button>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
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
  return isAmount(index) ? 'px-3 text-right' : 'px-4';
}

const isAmount = (index: number): boolean => index >= 1 && index <= 3;
