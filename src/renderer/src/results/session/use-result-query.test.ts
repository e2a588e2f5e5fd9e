import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { makeQueryClient } from '../../client/queries';
import { untilLeft } from './use-result-query';

/** A component that asks about a result, as a subscription. */
function makeAsker() {
  const client = makeQueryClient();
  const ask = vi.fn((_signal: AbortSignal) => Promise.resolve('answer'));
  const observer = new QueryObserver(client, {
    queryKey: ['result', 'a', 'profile', 0],
    queryFn: ({ signal }) => ask(signal),
    ...untilLeft,
  });
  const cached = () => client.getQueryCache().getAll().length;
  return { client, ask, observer, cached };
}

test('the end of a job does not make the app ask about a result again', async () => {
  const { client, ask, observer } = makeAsker();
  const leave = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('answer'));
  await client.invalidateQueries();
  expect(ask).toHaveBeenCalledOnce();
  leave();
});

test('an answer is dropped with the component that shows it', async () => {
  const { observer, cached } = makeAsker();
  const leave = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('answer'));
  expect(cached()).toBe(1);
  leave();
  await vi.waitFor(() => expect(cached()).toBe(0));
});

test('a question whose component goes is aborted', async () => {
  const { ask, observer, cached } = makeAsker();
  ask.mockImplementation(() => new Promise(() => undefined));
  const leave = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce());
  leave();
  expect(ask.mock.calls[0]?.[0].aborted).toBe(true);
  await vi.waitFor(() => expect(cached()).toBe(0));
});
