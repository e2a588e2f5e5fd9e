import type { UtilityProcess } from 'electron';
import { forkProcess } from '../system/fork-process';

/** libuv has four threads by default, and a running query takes one each. */
const threadPoolSize = '32';

/** Starts a warehouse process; it waits to be told what to open. */
export function forkWarehouse(): UtilityProcess {
  return forkProcess('warehouse-process.js', {
    name: 'Micro Warehouse database',
    env: { UV_THREADPOOL_SIZE: threadPoolSize },
  });
}
