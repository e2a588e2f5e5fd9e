import { useState } from 'react';
import type { Chart, ResultFilter } from '../../../../contract/result-work';
import { KeptState, useKept } from '../../client/kept-state';
import type { SelectedArea } from '../grid/result-grid';

type Side = { readonly kind: 'cell' } | { readonly kind: 'profile'; readonly column: number };

export type PanelState = ReturnType<typeof usePanelState>;

/** By result; null until the user has chosen one. */
const keptChart = new KeptState<Chart | null>(null);

/** The state of a result's panel: view, side pane and selection. */
export function usePanelState(result: object) {
  const [area, setArea] = useState<SelectedArea | null>(null);
  const [side, setSide] = useState<Side | null>(null);
  const [draft, setDraft] = useState<ResultFilter | null>(null);
  const [saving, setSaving] = useState(false);
  const [chart, setChart] = useKept(keptChart, result);
  /** Visible columns of the grid, in their order; null until reported. */
  const [shownColumns, setShownColumns] = useState<readonly number[] | null>(null);
  return {
    area,
    setArea,
    side,
    setSide,
    draft,
    setDraft,
    saving,
    setSaving,
    chart,
    setChart,
    shownColumns,
    setShownColumns,
  };
}
