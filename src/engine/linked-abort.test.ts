import { expect, test } from 'vitest';
import { linkedAbort } from './linked-abort';

test('aborts with the caller’s signal, before or after, and not once it is unlinked', () => {
  const caller = new AbortController();
  const first = linkedAbort(caller.signal);
  const unlinked = linkedAbort(caller.signal);
  unlinked.unlink();
  expect(first.controller.signal.aborted).toBe(false);
  caller.abort();
  expect(first.controller.signal.aborted).toBe(true);
  expect(unlinked.controller.signal.aborted).toBe(false);
  expect(linkedAbort(caller.signal).controller.signal.aborted).toBe(true);
  expect(linkedAbort(undefined).controller.signal.aborted).toBe(false);
});

test('doesn’t abort the caller', () => {
  const caller = new AbortController();
  linkedAbort(caller.signal).controller.abort();
  expect(caller.signal.aborted).toBe(false);
});
