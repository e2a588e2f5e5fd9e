import { useState } from 'react';
import type { ResultFilter } from '../../../../contract/result-work';
import type { SelectedArea } from '../grid/result-grid';

type Side = { readonly kind: 'cell' } | { readonly kind: 'profile'; readonly column: number };

export type PanelState = ReturnType<typeof usePanelState>;

/** What is open and selected in a result panel. */
export function usePanelState() {
  const [area, setArea] = useState<SelectedArea | null>(null);
  const [side, setSide] = useState<Side | null>(null);
  const [draft, setDraft] = useState<ResultFilter | null>(null);
  const [saving, setSaving] = useState(false);
  return { area, setArea, side, setSide, draft, setDraft, saving, setSaving };
}
