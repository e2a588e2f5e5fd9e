import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef, useState } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../../../client/kept-state';
import type { ConsoleTabs } from '../../../console/console-tabs';
import { hasMenu, lineHeight, SchemaLine } from './schema-line';
import type { SchemaRow } from './schema-rows';
import { SourceMenu } from './source-menu';
import { SourcePreview } from './source-preview';
import type { SourceSql } from './source-sql';
import { usePreview } from './use-preview';
import { useTreeKeys } from './use-tree-keys';

const keptActive = new KeptState<string | null>(null);

interface OpenMenu {
  readonly row: SchemaRow;
  readonly at: { readonly x: number; readonly y: number };
}

export interface TreeRowsProps {
  readonly rows: readonly SchemaRow[];
  readonly sources: SourceSql;
  readonly tabs: ConsoleTabs;
  readonly onFold: (row: SchemaRow, open: boolean) => void;
}

/** The active row, the menu and the preview, and the handlers of keys and clicks. */
function useTree({ rows, sources, tabs, onFold }: TreeRowsProps) {
  const tree = useRef<HTMLDivElement>(null);
  const treeId = useId();
  const [activeId, setActiveId] = useKept(keptActive, useWorkspaceOwner());
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { preview, hover, show } = usePreview(sources);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    estimateSize: () => lineHeight,
    overscan: 6,
  });
  const active = Math.max(
    0,
    rows.findIndex(({ id }) => id === activeId),
  );
  const lineId = (index: number) => `${treeId}-${index}`;
  const goTo = (index: number) => {
    setActiveId(rows[index]?.id ?? null);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };
  const insert = ({ item }: SchemaRow) => {
    const sql = sources.of(item);
    hover(null, null);
    if (sql !== null) tabs.getSnapshot().active?.editor?.insert(sql);
  };
  const elementOf = (index: number) => document.getElementById(lineId(index));
  const onKeyDown = useTreeKeys({
    rows,
    active,
    pageRows: () => Math.floor((tree.current?.clientHeight ?? 0) / lineHeight) - 1,
    goTo,
    onFold,
    onEnter: (row) => {
      if (sources.of(row.item) !== null) insert(row);
      else if (row.open !== null) onFold(row, !row.open);
    },
    onSpace: (row) => show(preview ? null : row, elementOf(active)),
    onEscape: preview && (() => show(null, null)),
    onMenu: (row) => {
      const { left = 0, bottom = 0 } = elementOf(active)?.getBoundingClientRect() ?? {};
      if (hasMenu(row.item)) setMenu({ row, at: { x: left + 40, y: bottom } });
    },
  });
  return {
    tree,
    virtualizer,
    active,
    lineId,
    elementOf,
    setActiveId,
    menu,
    setMenu,
    preview,
    hover,
    show,
    insert,
    onKeyDown,
  };
}

/** The rows of a tree that are on screen, with their menu and preview. */
export function TreeRows(props: TreeRowsProps) {
  const { rows, sources, tabs, onFold } = props;
  const { tree, virtualizer, active, lineId, elementOf, menu, preview, onKeyDown, ...on } = useTree(props);
  return (
    <>
      <div
        ref={tree}
        role="tree"
        aria-label="Schema"
        tabIndex={0}
        aria-activedescendant={rows.length > 0 ? lineId(active) : undefined}
        onKeyDown={onKeyDown}
        onBlur={() => on.show(null, null)}
        className="group/tree min-h-0 flex-1 overflow-y-auto px-1 pb-1 outline-none"
      >
        <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <SchemaLine
                  key={row.id}
                  id={lineId(index)}
                  row={row}
                  top={start}
                  active={index === active}
                  sql={sources.of(row.item)}
                  onPick={() => on.setActiveId(row.id)}
                  onToggle={() => row.open !== null && onFold(row, !row.open)}
                  onInsert={() => on.insert(row)}
                  onMenu={(at) => {
                    on.hover(null, null);
                    on.setMenu({ row, at });
                  }}
                  onHover={(element) => on.hover(menu ? null : row, element)}
                />
              )
            );
          })}
        </div>
      </div>
      {menu && (
        <TreeMenu
          {...menu}
          rows={rows}
          sources={sources}
          tabs={tabs}
          onInsert={() => on.insert(menu.row)}
          onPreview={() => on.show(menu.row, elementOf(rows.indexOf(menu.row)))}
          onClose={() => on.setMenu(null)}
          onLeave={() => tree.current?.focus()}
        />
      )}
      {preview && <SourcePreview key={preview.statement.sql} {...preview} />}
    </>
  );
}

/** Whether only the selected tab can read it. */
const isTemporary = ({ item }: SchemaRow): boolean => 'source' in item && item.source.kind === 'temporary';

interface TreeMenuProps extends OpenMenu, Pick<TreeRowsProps, 'rows' | 'sources' | 'tabs'> {
  readonly onInsert: () => void;
  readonly onPreview: () => void;
  readonly onClose: () => void;
  /** Called when the menu has closed, unless a command has moved the focus into the editor. */
  readonly onLeave: () => void;
}

function TreeMenu({ row, at, rows, sources, tabs, onLeave, ...on }: TreeMenuProps) {
  const source = rows.find(({ id }) => id === row.parent);
  return (
    <SourceMenu
      row={row}
      at={at}
      sources={sources}
      sourceSql={source ? sources.of(source.item) : null}
      onRun={(sql, name) => {
        if (isTemporary(row)) tabs.getSnapshot().active?.runAppended(sql);
        else tabs.add({ text: sql, name, on: sources.on }).runAll();
      }}
      returnFocus={() => {
        const { activeElement } = document;
        if (activeElement === document.body || activeElement?.closest('[role=menu]')) onLeave();
      }}
      {...on}
    />
  );
}
