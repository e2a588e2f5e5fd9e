import { useMemo } from 'react';
import type { Arrangement } from '../../../../contract/result-work';
import type { ColumnCommands } from '../grid/column-commands';
import type { PanelState } from './use-panel-state';

/** The commands of the column menus. */
export function useColumnCommands(
  arrangement: Arrangement,
  setArrangement: (arrangement: Arrangement) => void,
  { setDraft, setSide }: PanelState,
): ColumnCommands {
  return useMemo((): ColumnCommands => {
    const others = (column: number) => arrangement.sort.filter((key) => key.column !== column);
    return {
      ...arrangement,
      setSort: (column, descending, add) =>
        setArrangement({
          ...arrangement,
          sort: [...(add ? others(column) : []), ...(descending === null ? [] : [{ column, descending }])],
        }),
      startFilter: (column, operator = 'equals', value = '') => setDraft({ column, operator, value }),
      showProfile: (column) => setSide({ kind: 'profile', column }),
    };
  }, [arrangement, setArrangement, setDraft, setSide]);
}
