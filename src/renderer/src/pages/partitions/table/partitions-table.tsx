import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useRef, type ReactNode } from 'react';
import { z } from 'zod';
import type { Partition } from '../../../../../contract/partitions';
import { StoredState, useKept, useWorkspaceOwner } from '../../../client/kept-state';
import { useKeptScroll } from '../../../client/use-kept-scroll';
import { classNames } from '../../../components/class-names';
import { columns, features } from './partition-columns';

const rowHeight = 30;
/** Events per user are hidden in narrow windows. */
const grid =
  'grid grid-cols-[108px_minmax(0,1fr)_minmax(0,1fr)_44px_100px] @min-[500px]:grid-cols-[108px_minmax(0,1.15fr)_minmax(0,1fr)_52px_minmax(0,1.6fr)_108px]';
const keptSorting = new StoredState(
  [{ id: 'date', desc: true }],
  'partitions sort',
  z.array(z.object({ id: z.string(), desc: z.boolean() })).length(1),
);
const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export interface PartitionsTableProps {
  readonly partitions: readonly Partition[];
  readonly onOpen: (date: string) => void;
}

/** The element that scrolls, which finds its position again. */
function useScrollElement() {
  const element = useRef<HTMLDivElement>(null);
  const keepScroll = useKeptScroll('partitions table');
  const attach = useCallback(
    (current: HTMLDivElement | null) => {
      element.current = current;
      return keepScroll(current);
    },
    [keepScroll],
  );
  return { element, attach };
}

/** The rows in the order that the user chose last. */
function useSortedTable(partitions: readonly Partition[]) {
  const [sorting, setSorting] = useKept(keptSorting, useWorkspaceOwner());
  return useTable({
    features,
    columns,
    data: partitions,
    getRowId: ({ date }) => date,
    state: { sorting },
    onSortingChange: (change) => setSorting(typeof change === 'function' ? change([...sorting]) : change),
    enableSortingRemoval: false,
  });
}

/** Every day as a row; only visible rows are in the document. */
export function PartitionsTable({ partitions, onOpen }: PartitionsTableProps) {
  const { element, attach } = useScrollElement();
  const table = useSortedTable(partitions);
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });

  return (
    <div
      ref={attach}
      role="table"
      aria-label="Partitions"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      className="@container min-h-0 flex-1 overflow-x-hidden overflow-y-auto [scrollbar-gutter:stable] outline-offset-[-2px]"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-sunken">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={grid}>
            {group.headers.map(({ id, column }, index) => (
              <SortHeader
                key={id}
                title={String(column.columnDef.header)}
                sorted={column.getIsSorted()}
                place={place(index)}
                amount={isAmount(index)}
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
                  'absolute inset-x-0 items-center border-b border-line/60',
                  row.original.damagedFiles.length > 0 ? 'bg-bad-soft' : 'hover:bg-hover',
                )}
                style={{ top: start, height: rowHeight }}
              >
                {row.getAllCells().map((cell, cellIndex) => (
                  <div key={cell.id} role="cell" className={classNames(place(cellIndex), 'truncate select-text')}>
                    {cellIndex === 0 ? (
                      <DayButton onOpen={() => onOpen(row.id)}>
                        <table.FlexRender cell={cell} />
                      </DayButton>
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

function DayButton({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onOpen} className="rounded-small font-medium text-accent-ink hover:underline">
      {children}
    </button>
  );
}

interface SortHeaderProps {
  readonly title: string;
  readonly sorted: 'asc' | 'desc' | false;
  readonly place: string;
  readonly amount: boolean;
  readonly onToggle: ((event: unknown) => void) | undefined;
}

function SortHeader({ title, sorted, place: look, amount, onToggle }: SortHeaderProps) {
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div role="columnheader" aria-sort={sorted ? ariaSort[sorted] : 'none'} className={look}>
      <button
        type="button"
        onClick={onToggle}
        className={classNames(
          'inline-flex h-8 items-center gap-1 rounded-small text-small font-semibold whitespace-nowrap text-ink-soft hover:text-ink',
          amount && 'flex-row-reverse',
        )}
      >
        {title}
        {sorted && <Arrow size={12} aria-hidden className="text-accent-ink" />}
      </button>
    </div>
  );
}

/** Amounts are right-aligned, everything else is left-aligned. */
function place(index: number): string {
  if (index === columns.length - 1) return 'pl-3 pr-2 text-small';
  if (!isAmount(index)) return 'pl-4';
  return index === columns.length - 2 ? 'px-2 text-right @max-[500px]:hidden' : 'px-2 text-right';
}

const isAmount = (index: number): boolean => index >= 1 && index <= columns.length - 2;
