import { useSyncExternalStore } from 'react';

/** A value that others follow. Snapshots are immutable: a change replaces the value. */
export interface ReadableStore<T> {
  readonly getSnapshot: () => T;
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Holds a value and notifies subscribers when it is replaced. Subclasses decide how it changes. */
export abstract class Store<T> implements ReadableStore<T> {
  #snapshot: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#snapshot = initial;
  }

  readonly getSnapshot = (): T => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replaces the value; the same value again notifies nobody. */
  protected replace(snapshot: T): void {
    if (Object.is(snapshot, this.#snapshot)) return;
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/** A store that anyone who has it may change. */
export class ValueStore<T> extends Store<T> {
  readonly set = (value: T): void => this.replace(value);
}

/** The part of a store that `select` returns; re-renders when it changes. It must be the same object while nothing has changed. */
export function useSelected<T, Part>(store: ReadableStore<T>, select: (value: T) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.getSnapshot()));
}

/** The current value of a store; re-renders when it is replaced. */
export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
