import { implement } from '@orpc/server';
import { warehouseContract } from '../../contract/rpc/warehouse-contract';
import { systemError } from '../../engine/fs/system-error';
import type { Warehouse } from '../../engine/warehouse/warehouse';
import { reportErrors } from '../system/rpc';

/** The methods of the warehouse contract, to be given handlers. */
export function warehouseProcedures() {
  return implement(warehouseContract).use(reportErrors);
}

/**
 * The same, with handlers that are called with the warehouse once it is open. If its folder is gone they fail instead:
 * an empty page would look like an empty workspace.
 */
export function openedContract(opening: Promise<Warehouse>) {
  return warehouseProcedures().use(async ({ next }) => {
    const warehouse = await opening;
    await warehouse.requireFolder();
    try {
      return await next({ context: { warehouse } });
    } catch (error) {
      throw systemError(error, warehouse.workspace.folder) ?? error;
    }
  });
}

export type OpenedContract = ReturnType<typeof openedContract>;
