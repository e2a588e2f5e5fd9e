import type { Column } from '../../../../contract/column-type';
import { ResultGrid } from '../grid/result-grid';
import type { OpenedResult } from '../rows/open-windows';
import { FindBar } from './find/find-bar';
import { GridMenu } from './grid-menu';
import { NoRows } from './no-rows';
import { PanelSide } from './panel-side';
import type { ResultPanelProps } from './result-panel-props';
import type { PanelWork } from './use-panel';

interface PanelTableProps extends PanelWork, Pick<ResultPanelProps, 'client' | 'sql' | 'on' | 'onShowSql' | 'onRerun'> {
  readonly columns: readonly Column[];
  readonly opened: OpenedResult;
}

/** The grid with its search, its menu and its side pane. */
export function PanelTable(props: PanelTableProps) {
  const { grid, arranged, panel, find, copying, commands, columns, opened, client, sql, on, onShowSql, onRerun } =
    props;
  const { shown, arrangement, setArrangement, pending } = arranged;
  const { setArea, setSide, setShownColumns } = panel;
  const closeSearch = () => {
    find.close();
    grid.current?.focus();
  };
  return (
    <>
      {find.isOpen && <FindBar find={find} onClose={closeSearch} />}
      <div className="flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          {!pending && <NoRows opened={opened} shown={shown} />}
          <ResultGrid
            ref={grid}
            key={opened.result.resultId}
            columns={columns}
            windows={shown.windows}
            commands={commands}
            onSelect={setArea}
            onColumns={setShownColumns}
            onOpen={() => setSide({ kind: 'cell' })}
            onMenu={props.setMenu}
            found={find.isOpen ? find.marks : null}
            onCopy={() => props.copy('tsv')}
          />
        </div>
        <PanelSide
          state={panel}
          shown={shown}
          client={client}
          sql={sql}
          on={on}
          onFilter={(filter) => setArrangement({ ...arrangement, filters: [...arrangement.filters, filter] })}
          onCopy={copying.copyText}
          onShowSql={onShowSql}
          onRerun={onRerun}
        />
      </div>
      <PanelMenu {...props} />
    </>
  );
}

function PanelMenu({ grid, panel, menu, setMenu, commands, filtering, find, copy }: PanelWork) {
  if (!menu) return null;
  return (
    <GridMenu
      target={menu}
      commands={commands}
      onCopy={copy}
      onFilter={(operator) => filtering.run({ ...menu, operator })}
      onInspect={() => panel.setSide({ kind: 'cell' })}
      onFind={find.open}
      onHide={() => grid.current?.hideColumn(menu.column)}
      onPin={() => grid.current?.pinColumn(menu.column)}
      onClose={() => setMenu(null)}
      returnFocus={() => !find.isOpen && grid.current?.focus()}
    />
  );
}
