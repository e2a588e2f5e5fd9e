import { ChartBarBig, Copy, FolderSearch, Hash, ListTree, SquarePlus, Table2, TextCursorInput } from 'lucide-react';
import { useMainAction } from '../../../client/queries';
import { MenuItem, MenuLine, PointMenu } from '../../../components/overlays/menu';
import { nameOf } from './schema-nodes';
import type { SchemaRow } from './schema-rows';
import type { SourceSql } from './source-sql';

export interface SourceMenuProps {
  readonly row: SchemaRow;
  readonly at: { readonly x: number; readonly y: number };
  readonly sources: SourceSql;
  /** The table or file of a column, as SQL refers to it. */
  readonly sourceSql: string | null;
  readonly onInsert: (sql: string) => void;
  /** Runs a statement in a new tab with this name, or in the tab that the source belongs to. */
  readonly onRun: (sql: string, name: string) => void;
  readonly onPreview: () => void;
  readonly onClose: () => void;
  readonly returnFocus: () => void;
}

/** The commands of a table, file, folder or column. */
export function SourceMenu(props: SourceMenuProps) {
  const { row, at, sources, onInsert, onClose, returnFocus } = props;
  const { item } = row;
  const copy = useMainAction<string>((main, text) => main.exports.copyText({ text }));
  const reveal = useMainAction<string>((main, path) => main.workspace.reveal({ path }));
  const sql = sources.of(item);
  const isColumn = item.kind === 'column' || (item.kind === 'remote' && item.of === 'column');
  const isSource = item.kind === 'table' || item.kind === 'file' || (item.kind === 'remote' && item.of === 'table');
  const place = item.kind === 'file' ? item.file.path : item.kind === 'folder' ? item.path : null;
  return (
    <PointMenu label="Commands" at={at} onClose={onClose} returnFocus={returnFocus}>
      {sql !== null && (
        <>
          {isColumn && <ColumnItems {...props} sql={sql} />}
          {isSource && <SourceItems {...props} sql={sql} />}
          {(isColumn || isSource) && <MenuLine />}
          <MenuItem icon={TextCursorInput} hint="Enter" onSelect={() => onInsert(sql)}>
            Insert name
          </MenuItem>
          <MenuItem icon={Copy} onSelect={() => copy.run(sql)}>
            Copy name
          </MenuItem>
        </>
      )}
      {place !== null && (
        <MenuItem icon={FolderSearch} onSelect={() => reveal.run(place)}>
          Show in folder
        </MenuItem>
      )}
    </PointMenu>
  );
}

function SourceItems({ row: { item }, sources, sql, onRun, onPreview }: SourceMenuProps & { sql: string }) {
  const name = nameOf(item);
  return (
    <>
      <MenuItem icon={SquarePlus} onSelect={() => onRun(sources.open(sql), name)}>
        Open
      </MenuItem>
      <MenuItem icon={ListTree} onSelect={() => onRun(sources.describe(sql), name)}>
        Describe
      </MenuItem>
      <MenuItem icon={Hash} onSelect={() => onRun(sources.count(sql), name)}>
        Count
      </MenuItem>
      <MenuItem icon={Table2} hint="Space" onSelect={onPreview}>
        Preview
      </MenuItem>
    </>
  );
}

function ColumnItems({ row: { item }, sources, sql, sourceSql, onRun }: SourceMenuProps & { sql: string }) {
  if (sourceSql === null) return null;
  return (
    <MenuItem icon={ChartBarBig} onSelect={() => onRun(sources.countBy(sql, sourceSql), nameOf(item))}>
      Count by value
    </MenuItem>
  );
}
