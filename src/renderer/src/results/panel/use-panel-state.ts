import { useState } from 'react';
import type { Chart, ResultFilter } from '../../../../contract/result-work';
import type { SelectedArea } from '../grid/result-grid';

type Side = { readonly kind: 'cell' } | { readonly kind: 'profile'; readonly column: number };

export type PanelState = ReturnType<typeof usePanelState>;

/** What is open and selected in a result panel. */
export function usePanelState() {
  const [area, setArea] = useState<SelectedArea | null>(null);
  const [side, setSide] = useState<Side | null>(null);
  const [draft, setDraft] = useState<ResultFilter | null>(null);
  const [saving, setSaving] = useState(false);
  /** Null until the user has chosen one. */
  const [chart, setChart] = useState<Chart | null>(null);
  /** Columns that the grid shows, in their order; null until it has said so. */
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
