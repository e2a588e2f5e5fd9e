import { useMemo } from 'react';
import type { Arrangement, ResultSort } from '../../../../contract/result-work';
import type { ColumnCommands } from '../grid/column-commands';
import type { PanelState } from './use-panel-state';

/** The commands of the column menus. */
export function useColumnCommands(
  arrangement: Arrangement,
  setArrangement: (arrangement: Arrangement) => void,
  { setDraft, setSide }: PanelState,
): ColumnCommands {
  return useMemo((): ColumnCommands => {
    return {
      ...arrangement,
      setSort: (column, descending, add) =>
        setArrangement({ ...arrangement, sort: sortWith(add ? arrangement.sort : [], column, descending) }),
      startFilter: (column, operator = 'equals', value = '') => setDraft({ column, operator, value }),
      showProfile: (column) => setSide({ kind: 'profile', column }),
    };
  }, [arrangement, setArrangement, setDraft, setSide]);
}

/** A sort in which a column has another direction, at its place; a new one comes last. */
function sortWith(sort: readonly ResultSort[], column: number, descending: boolean | null): ResultSort[] {
  if (descending === null) return sort.filter((key) => key.column !== column);
  const key = { column, descending };
  return sort.some((known) => known.column === column)
    ? sort.map((known) => (known.column === column ? key : known))
    : [...sort, key];
}
