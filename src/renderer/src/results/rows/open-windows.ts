import type { Result } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { ResultWindows } from './result-windows';

/** A result and its windows. */
export interface OpenedResult {
  readonly result: Result;
  readonly windows: ResultWindows;
}

/** The windows of a result, with its first rows loaded. */
export async function openWindows(client: WarehouseClient, { resultId, rows }: Result): Promise<ResultWindows> {
  const windows = new ResultWindows(rows, async (offset, limit) => {
    // Arrow is loaded with the first result, not at startup.
    const [stream, { readBlock }] = await Promise.all([
      client.results.window({ resultId, offset, limit }),
      import('./arrow-block'),
    ]);
    return readBlock(stream);
  });
  await windows.open();
  return windows;
}
