import { useAppState } from './live-state';
import { useStore, ValueStore } from './store';

/**
 * State that the user has set on a page: it survives while the page is unmounted, and is dropped with its owner or the
 * window.
 */
export class KeptState<T> {
  readonly #values = new WeakMap<object, ValueStore<T>>();

  constructor(private readonly initial: T) {}

  /** The value of an owner. */
  of(owner: object): ValueStore<T> {
    let value = this.#values.get(owner);
    if (!value) this.#values.set(owner, (value = new ValueStore(this.initial)));
    return value;
  }
}

/** Like `useState`, but stored with `owner`. */
export function useKept<T>(state: KeptState<T>, owner: object): readonly [T, (value: T) => void] {
  const value = state.of(owner);
  return [useStore(value), value.set];
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
