import type { z } from 'zod';
import { useAppState } from './live-state';
import { recall, remember } from './remembered';
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
    if (!value) this.#values.set(owner, (value = this.open(owner, this.initial)));
    return value;
  }

  protected open(_owner: object, initial: T): ValueStore<T> {
    return new ValueStore(initial);
  }
}

/** The same for a workspace or a part of one: it also survives a restart of the app. */
export class StoredState<T> extends KeptState<T> {
  /**
   * @param name unique in the app
   * @param schema of a stored value: one of another version, or a damaged one, is forgotten
   */
  constructor(
    initial: T,
    private readonly name: string,
    private readonly schema: z.ZodType<T>,
  ) {
    super(initial);
  }

  protected override open(owner: object, initial: T): ValueStore<T> {
    const ownerKey = keys.get(owner);
    if (ownerKey === undefined) return super.open(owner, initial);
    const key = `kept ${this.name} ${ownerKey}` as const;
    const stored = this.schema.safeParse(parsed(recall(key)));
    const value = new ValueStore(stored.success ? stored.data : initial);
    value.subscribe(() => remember(key, JSON.stringify(value.getSnapshot())));
    return value;
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Like `useState`, but stored with `owner`. */
export function useKept<T>(state: KeptState<T>, owner: object): readonly [T, (value: T) => void] {
  const value = state.of(owner);
  return [useStore(value), value.set];
}

const owners = new Map<string, object>();
const keys = new WeakMap<object, string>();

/**
 * The owner of state for a workspace; the same object whenever it is asked for.
 * @param part of the workspace, such as a metric; empty for the whole
 */
export function workspaceOwner(folder: string, part = ''): object {
  const key = JSON.stringify([folder, part]);
  let owner = owners.get(key);
  if (!owner) {
    owners.set(key, (owner = {}));
    keys.set(owner, key);
  }
  return owner;
}

/** The owner of state for the open workspace, or a part of it; returning to a workspace restores it. */
export function useWorkspaceOwner(part = ''): object {
  return workspaceOwner(useAppState().value?.workspace.folder ?? '', part);
}
