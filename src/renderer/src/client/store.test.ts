import { expect, it, vi } from 'vitest';
import { KeptState } from './kept-state';
import { ValueStore } from './store';

it('notifies subscribers of each new value, until they leave', () => {
  const store = new ValueStore(1);
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.set(2);
  expect(store.getSnapshot()).toBe(2);
  store.set(2);
  expect(listener).toHaveBeenCalledOnce();
  leave();
  store.set(3);
  expect(listener).toHaveBeenCalledOnce();
});

it('keeps a value for each owner, and notifies only those who show it', () => {
  const kept = new KeptState('first');
  const [a, b] = [{}, {}];
  const listener = vi.fn();
  kept.of(b).subscribe(listener);
  kept.of(a).set('second');
  expect([kept.of(a).getSnapshot(), kept.of(b).getSnapshot()]).toEqual(['second', 'first']);
  expect(listener).not.toHaveBeenCalled();
});
