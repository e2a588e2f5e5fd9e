import path from 'node:path';
import { utilityProcess, type UtilityProcess } from 'electron';

/** libuv has four threads by default, and a running query takes one each. */
const threadPoolSize = '32';

/** Starts a warehouse process; it waits to be told what to open. */
export function forkWarehouse(): UtilityProcess {
  return utilityProcess.fork(path.join(__dirname, 'warehouse-process.js'), [], {
    serviceName: 'Micro Warehouse database',
    // Read into its log; see logs.ts.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, UV_THREADPOOL_SIZE: threadPoolSize },
  });
}
