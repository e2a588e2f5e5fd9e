import { useEffect } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../client/kept-state';
import { useRoute } from './route';

const keptItems = new KeptState<Readonly<Record<string, string>>>({});

/**
 * The selected item of the open page: the one in the address, otherwise the last selected. Null if nothing has been
 * selected yet.
 */
export function useKeptItem(): string | null {
  const { page, item } = useRoute();
  const [items, setItems] = useKept(keptItems, useWorkspaceOwner());
  useEffect(() => {
    if (item !== null && items[page] !== item) setItems({ ...items, [page]: item });
  }, [page, item, items, setItems]);
  return item ?? items[page] ?? null;
}
