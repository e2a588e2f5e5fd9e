import { readdir, readFile, readlink } from 'node:fs/promises';
import type { App } from './app';

/** The targets of a process's open file descriptors; null if the system doesn't provide them. */
export async function descriptorsOf(pid: number): Promise<string[] | null> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => null);
  if (!descriptors) return null;
  return Promise.all(descriptors.map((descriptor) => readlink(`${folder}/${descriptor}`).catch(() => 'closed')));
}

/** Number of threads of a process; null if the system doesn't provide it. */
export async function threadsOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const threads = /^Threads:\s+(\d+)$/m.exec(status)?.[1];
  return threads === undefined ? null : Number(threads);
}

/** Listeners in the main process on objects that live as long as the app. */
export function listenersOfMain(app: App): Promise<number> {
  return app.electron.evaluate(({ app: electron }) =>
    [process, process.stdout, process.stderr, electron]
      .flatMap((emitter) => emitter.eventNames().map((name) => emitter.listenerCount(String(name))))
      .reduce((sum, count) => sum + count, 0),
  );
}

/**
 * Keys in the window's query cache, as text. Only React has the cache: it is found in the properties of its components.
 */
export function cachedQueries(app: App): Promise<string[]> {
  return app.window.evaluate(() => {
    const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
    const get = (value: unknown, name: string): unknown => (isObject(value) ? Reflect.get(value, name) : undefined);
    const elements = [...document.querySelectorAll('body, body > *')];
    const root = elements.find((element) => Object.keys(element).some((key) => key.startsWith('__reactContainer')));
    const key = Object.keys(root ?? {}).find((name) => name.startsWith('__reactContainer')) ?? '';
    const waiting: unknown[] = [get(root, key)];
    while (waiting.length > 0) {
      const fiber = waiting.pop();
      if (!isObject(fiber)) continue;
      const client = get(get(fiber, 'memoizedProps'), 'client');
      const getCache = get(client, 'getQueryCache');
      if (typeof getCache === 'function') {
        const cache: unknown = Reflect.apply(getCache, client, []);
        const getAll = get(cache, 'getAll');
        const queries: unknown = typeof getAll === 'function' ? Reflect.apply(getAll, cache, []) : [];
        return Array.isArray(queries) ? queries.map((query) => JSON.stringify(get(query, 'queryKey'))) : [];
      }
      waiting.push(get(fiber, 'sibling'), get(fiber, 'child'));
    }
    throw new Error('There is no cache of queries.');
  });
}
