import type { UtilityProcess } from 'electron';
import { forkProcess } from '../system/fork-process';

/** libuv has four threads by default, and each running query occupies one. */
const threadPoolSize = '32';

/** Starts a warehouse process; it waits for the `open` message. */
export function forkWarehouse(): UtilityProcess {
  return forkProcess('warehouse-process.js', {
    name: 'Micro Warehouse database',
    env: { UV_THREADPOOL_SIZE: threadPoolSize },
  });
}
