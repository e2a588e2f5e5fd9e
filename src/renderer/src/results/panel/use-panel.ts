import { useEffect, useRef, useState } from 'react';
import { partKeys } from '../../../../contract/actions';
import type { CopyFormat, ResultFilter } from '../../../../contract/result-work';
import { KeptState, useKept } from '../../client/kept-state';
import { isPressed } from '../../navigation/shortcut';
import type { GridHandle } from '../grid/result-grid';
import type { GridMenuTarget } from '../grid/use-grid-menu';
import type { PanelView } from './panel-choices';
import type { ResultPanelProps } from './result-panel-props';
import { useArranged } from './use-arranged';
import { areaToCopy, useCellFilter, useCopy } from './use-cells';
import { useColumnCommands } from './use-column-commands';
import { useExport } from './use-export';
import { useFind } from './find/use-find';
import { usePanelState } from './use-panel-state';

/** By result: reopening a page restores the same state. */
const keptView = new KeptState<PanelView>('table');

export type PanelWork = ReturnType<typeof usePanel>;

/** The state of a result's panel, and everything that its parts do with the result. */
export function usePanel({ arranged: kept, client }: Pick<ResultPanelProps, 'arranged' | 'client'>) {
  const grid = useRef<GridHandle>(null);
  const [view, setView] = useKept(keptView, kept);
  const arranged = useArranged(kept);
  const { shown, arrangement, setArrangement } = arranged;
  const { resultId, columns } = shown.result;
  const panel = usePanelState(kept);
  const [menu, setMenu] = useState<GridMenuTarget | null>(null);
  const exporting = useExport(client, shown.result, panel.shownColumns);
  const copying = useCopy(client, resultId);
  const commands = useColumnCommands(arrangement, setArrangement, panel);
  const filtering = useCellFilter(resultId, (filter) =>
    setArrangement({ ...arrangement, filters: [...arrangement.filters, filter] }),
  );
  /** Leaves the rows that pass further filters, and shows them as a table if asked to. */
  const filterRows = (filters: readonly ResultFilter[], show: 'chart' | 'rows') => {
    setArrangement({ ...arrangement, filters: [...arrangement.filters, ...filters] });
    if (show === 'rows') setView('table');
  };
  const columnsShown = panel.shownColumns ?? columns.map((_, index) => index);
  const find = useFind(client, resultId, columnsShown, (cell) => grid.current?.goToCell(cell));
  useFindKey(view === 'table' ? find.open : null);
  const { area } = panel;
  const copy = (format: CopyFormat, header?: boolean) =>
    area && copying.run({ ...areaToCopy(area), format, ...(header !== undefined && { header }) });
  const problem = arranged.error ?? copying.error ?? filtering.error;
  return {
    grid,
    view,
    setView,
    arranged,
    panel,
    menu,
    setMenu,
    exporting,
    copying,
    commands,
    filtering,
    filterRows,
    find,
    copy,
    problem,
  };
}

/** Ctrl+F anywhere but in the editor, which has a search of its own, and in dialogs. */
function useFindKey(open: (() => void) | null): void {
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isPressed(partKeys.find.keys, event)) return;
      if (document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
