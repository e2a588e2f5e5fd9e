import { implement } from '@orpc/server';
import { warehouseContract } from '../../contract/rpc/warehouse-contract';
import { systemError } from '../../engine/fs/system-error';
import type { Warehouse } from '../../engine/warehouse/warehouse';
import { reportErrors } from '../system/rpc';

/** The methods of the warehouse contract, to be given their handlers. */
export function warehouseProcedures() {
  return implement(warehouseContract).use(reportErrors);
}

/**
 * The same, with handlers that are called once the warehouse is open and get it. Where its folder has gone meanwhile they
 * are not called: an empty page would look as if there had never been anything.
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
