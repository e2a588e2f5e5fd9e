import { useCallback, useSyncExternalStore } from 'react';
import { useAppState } from './live-state';

/**
 * State that the user has set on a page: it survives while the page is unmounted, and is dropped with its owner or the
 * window.
 */
export class KeptState<T> {
  readonly #values = new WeakMap<object, { readonly value: T }>();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly initial: T) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(owner: object): T {
    const kept = this.#values.get(owner);
    return kept ? kept.value : this.initial;
  }

  set(owner: object, value: T): void {
    this.#values.set(owner, { value });
    for (const listener of this.#listeners) listener();
  }
}

/** Like `useState`, but stored with `owner`. */
export function useKept<T>(state: KeptState<T>, owner: object): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(state.subscribe, () => state.get(owner));
  const set = useCallback((next: T) => state.set(owner, next), [state, owner]);
  return [value, set];
}

const owners = new Map<string, object>();

/**
 * The owner of state for the open workspace; returning to a workspace restores it.
 * @param part of the workspace, such as a metric; without it, the whole workspace
 */
export function useWorkspaceOwner(part = ''): object {
  const folder = useAppState().value?.workspace.folder ?? '';
  const key = JSON.stringify([folder, part]);
  let owner = owners.get(key);
  if (!owner) owners.set(key, (owner = {}));
  return owner;
}
