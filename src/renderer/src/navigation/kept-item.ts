import { useEffect } from 'react';
import { z } from 'zod';
import { StoredState, useKept, useWorkspaceOwner } from '../client/kept-state';
import { useRoute } from './route';

const keptItems = new StoredState<Readonly<Record<string, string>>>({}, 'items', z.record(z.string(), z.string()));

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

/** Forgets the selected item of a page, as if nothing had been selected; returns the function that does. */
export function useForgetItem(page: string): () => void {
  const [items, setItems] = useKept(keptItems, useWorkspaceOwner());
  return () => {
    const { [page]: _, ...others } = items;
    setItems(others);
  };
}
