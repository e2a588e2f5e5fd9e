import { useVirtualizer } from '@tanstack/react-virtual';
import { RotateCw } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../../../client/kept-state';
import { useStore } from '../../../client/store';
import { Button } from '../../../components/button';
import { ErrorNotice } from '../../../components/error-notice';
import { SearchField } from '../../../components/forms/search-field';
import { SkeletonRows } from '../../../components/skeleton';
import type { ConsoleTab } from '../../../console/console-tab';
import type { ConsoleTabs } from '../../../console/console-tabs';
import { schemaNodes } from './schema-nodes';
import { hasMenu, lineHeight, SchemaLine } from './schema-line';
import { schemaRows, type SchemaFolds, type SchemaRow } from './schema-rows';
import { SourceMenu } from './source-menu';
import { SourcePreview } from './source-preview';
import { itemSql } from './source-sql';
import { usePreview } from './use-preview';
import { useTreeKeys } from './use-tree-keys';
import { useReadSchemaAgain, useSchema } from './use-schema';

const keptFolds = new KeptState<SchemaFolds>({});
const keptActive = new KeptState<string | null>(null);
const keptSearch = new KeptState('');

const fileId = /^file /;

interface OpenMenu {
  readonly row: SchemaRow;
  readonly at: { readonly x: number; readonly y: number };
}

/** Tables with their columns, and files that SQL can read. */
export function SchemaTree({ tabs, tab }: { tabs: ConsoleTabs; tab: ConsoleTab }) {
  const owner = useWorkspaceOwner();
  const [search, setSearch] = useKept(keptSearch, owner);
  const [folds, setFolds] = useKept(keptFolds, owner);
  const openFiles = Object.keys(folds).filter((id) => folds[id] && fileId.test(id));
  const { parts, reserved, pending, error } = useSchema(
    openFiles.map((id) => id.replace(fileId, '')),
    tab,
  );
  const nodes = useMemo(() => schemaNodes(parts), [parts]);
  const rows = useMemo(() => schemaRows(nodes, folds, search), [nodes, folds, search]);
  const readAgain = useReadSchemaAgain();
  const { on } = useStore(tab);
  return (
    <div className="flex h-full flex-col">
      <div className="flex gap-1 p-2 pb-1">
        <SearchField
          label="Search tables, columns and files"
          placeholder="Tables, columns, files"
          value={search}
          onChange={setSearch}
          className="min-w-0 flex-1"
        />
        <Button
          look="quiet"
          icon={RotateCw}
          aria-label="Read the schema again"
          title="Read again"
          onClick={readAgain}
        />
      </div>
      {on === 'cluster' && (
        <p className="px-4 py-1 text-small text-ink-soft">
          Tables of this machine. The editor completes the names of the cluster as you type.
        </p>
      )}
      {error && <ErrorNotice error={error} onRetry={readAgain} className="m-2" />}
      {pending && !error && <SkeletonRows rows={6} />}
      {!pending && rows.length === 0 && (
        <p className="px-4 py-2 text-small text-ink-soft">
          {search === '' ? 'Nothing to query yet. Generate events and refresh.' : 'Nothing matches.'}
        </p>
      )}
      <TreeRows
        rows={rows}
        reserved={reserved}
        tabs={tabs}
        onFold={(row, open) => setFolds({ ...folds, [row.id]: open })}
      />
    </div>
  );
}

interface TreeRowsProps {
  readonly rows: readonly SchemaRow[];
  readonly reserved: ReadonlySet<string>;
  readonly tabs: ConsoleTabs;
  readonly onFold: (row: SchemaRow, open: boolean) => void;
}

/** The active row, the menu and the preview, and the handlers of keys and clicks. */
function useTree({ rows, reserved, tabs, onFold }: TreeRowsProps) {
  const tree = useRef<HTMLDivElement>(null);
  const treeId = useId();
  const [activeId, setActiveId] = useKept(keptActive, useWorkspaceOwner());
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { preview, hover, show } = usePreview(reserved);
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
    const sql = itemSql(item, reserved);
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
      if (itemSql(row.item, reserved) !== null) insert(row);
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

function TreeRows(props: TreeRowsProps) {
  const { rows, reserved, tabs, onFold } = props;
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
                  sql={itemSql(row.item, reserved)}
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
          reserved={reserved}
          tabs={tabs}
          onInsert={() => on.insert(menu.row)}
          onPreview={() => on.show(menu.row, elementOf(rows.indexOf(menu.row)))}
          onClose={() => on.setMenu(null)}
          onLeave={() => tree.current?.focus()}
        />
      )}
      {preview && <SourcePreview key={preview.sql} {...preview} />}
    </>
  );
}

/** Whether only the selected tab can read it. */
const isTemporary = ({ item }: SchemaRow): boolean => 'source' in item && item.source.kind === 'temporary';

interface TreeMenuProps extends OpenMenu, Pick<TreeRowsProps, 'rows' | 'reserved' | 'tabs'> {
  readonly onInsert: () => void;
  readonly onPreview: () => void;
  readonly onClose: () => void;
  /** Called when the menu has closed, unless a command has moved the focus into the editor. */
  readonly onLeave: () => void;
}

function TreeMenu({ row, at, rows, reserved, tabs, onLeave, ...on }: TreeMenuProps) {
  const source = rows.find(({ id }) => id === row.parent);
  return (
    <SourceMenu
      row={row}
      at={at}
      reserved={reserved}
      sourceSql={source ? itemSql(source.item, reserved) : null}
      onRun={(sql, name) => {
        if (isTemporary(row)) tabs.getSnapshot().active?.runAppended(sql);
        else tabs.add({ text: sql, name }).runAll();
      }}
      returnFocus={() => {
        const { activeElement } = document;
        if (activeElement === document.body || activeElement?.closest('[role=menu]')) onLeave();
      }}
      {...on}
    />
  );
}
