import { ChartBarBig, Copy, FolderSearch, Hash, ListTree, SquarePlus, Table2, TextCursorInput } from 'lucide-react';
import { useMainAction } from '../../../client/queries';
import { MenuItem, MenuLine, PointMenu } from '../../../components/overlays/menu';
import type { SchemaRow } from './schema-rows';
import { itemSql, sourceStatements } from './source-sql';

export interface SourceMenuProps {
  readonly row: SchemaRow;
  readonly at: { readonly x: number; readonly y: number };
  readonly reserved: ReadonlySet<string>;
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
  const { row, at, reserved, onInsert, onClose, returnFocus } = props;
  const { item } = row;
  const copy = useMainAction<string>((main, text) => main.exports.copyText({ text }));
  const reveal = useMainAction<string>((main, path) => main.workspace.reveal({ path }));
  const sql = itemSql(item, reserved);
  const place = item.kind === 'file' ? item.file.path : item.kind === 'folder' ? item.path : null;
  return (
    <PointMenu label="Commands" at={at} onClose={onClose} returnFocus={returnFocus}>
      {sql !== null && (
        <>
          {item.kind === 'column' ? <ColumnItems {...props} sql={sql} /> : <SourceItems {...props} sql={sql} />}
          <MenuLine />
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

function SourceItems({ row: { item }, sql, onRun, onPreview }: SourceMenuProps & { sql: string }) {
  const name = item.kind === 'table' ? item.table.name : item.kind === 'file' ? item.name : '';
  return (
    <>
      <MenuItem icon={SquarePlus} onSelect={() => onRun(sourceStatements.open(sql), name)}>
        Open
      </MenuItem>
      <MenuItem icon={ListTree} onSelect={() => onRun(sourceStatements.describe(sql), name)}>
        Describe
      </MenuItem>
      <MenuItem icon={Hash} onSelect={() => onRun(sourceStatements.count(sql), name)}>
        Count
      </MenuItem>
      <MenuItem icon={Table2} hint="Space" onSelect={onPreview}>
        Preview
      </MenuItem>
    </>
  );
}

function ColumnItems({ row: { item }, sql, sourceSql, onRun }: SourceMenuProps & { sql: string }) {
  if (sourceSql === null || item.kind !== 'column') return null;
  const counts = `SELECT ${sql}, count(*) AS rows\nFROM ${sourceSql}\nGROUP BY ALL\nORDER BY rows DESC;\n`;
  return (
    <MenuItem icon={ChartBarBig} onSelect={() => onRun(counts, item.column.name)}>
      Count by value
    </MenuItem>
  );
}
