import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { makeQueryClient } from './queries';
import { readAgain } from './read-again';

test('after a job, a page that is opened next shows no answer from before the job', async () => {
  const client = makeQueryClient();
  const queryKey = ['warehouse', 1, 'partitions'];
  await client.fetchQuery({ queryKey, queryFn: () => Promise.resolve('stale') });
  expect(client.getQueryData(queryKey)).toBe('stale');
  await readAgain(client);
  expect(client.getQueryData(queryKey)).toBeUndefined();
});

test('after a job, a page on screen keeps its answer until the new one is there', async () => {
  const client = makeQueryClient();
  const read = vi.fn(() => Promise.resolve(read.mock.calls.length));
  const observer = new QueryObserver(client, { queryKey: ['warehouse', 1, 'partitions'], queryFn: read });
  const leave = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(1));
  const done = readAgain(client);
  expect(observer.getCurrentResult().data).toBe(1);
  await done;
  expect(observer.getCurrentResult().data).toBe(2);
  leave();
});

test('after a job, the summary is read before the models, and nothing else waits for it', async () => {
  const client = makeQueryClient();
  const order: string[] = [];
  const observe = (name: string, ms: number) =>
    new QueryObserver(client, {
      queryKey: ['warehouse', 1, name],
      queryFn: async () => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        order.push(name);
        return name;
      },
    });
  const leave = [observe('models', 0), observe('summary', 20), observe('partitions', 0)].map((observer) =>
    observer.subscribe(() => {}),
  );
  await vi.waitFor(() => expect(order).toHaveLength(3));
  order.length = 0;
  await readAgain(client);
  expect(order).toEqual(['partitions', 'summary', 'models']);
  for (const unsubscribe of leave) unsubscribe();
});
