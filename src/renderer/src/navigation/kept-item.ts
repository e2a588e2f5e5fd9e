import { useEffect } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../client/kept-state';
import { useRoute } from './route';

const keptItems = new KeptState<Readonly<Record<string, string>>>({});

/**
 * What is chosen on the page that is open: what the address says, else what was chosen when the page was left. Null
 * where nothing has been chosen yet.
 */
export function useKeptItem(): string | null {
  const { page, item } = useRoute();
  const [items, setItems] = useKept(keptItems, useWorkspaceOwner());
  useEffect(() => {
    if (item !== null && items[page] !== item) setItems({ ...items, [page]: item });
  }, [page, item, items, setItems]);
  return item ?? items[page] ?? null;
}
