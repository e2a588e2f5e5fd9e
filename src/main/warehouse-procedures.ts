import { implement } from '@orpc/server';
import { warehouseContract } from '../contract/warehouse-contract';
import type { Warehouse } from '../engine/warehouse/warehouse';
import { reportErrors } from './rpc';

/** The methods of the warehouse contract, to be given their handlers. */
export function warehouseProcedures() {
  return implement(warehouseContract).use(reportErrors);
}

/** The same, with handlers that are called once the warehouse is open and get it. */
export function openedContract(opening: Promise<Warehouse>) {
  return warehouseProcedures().use(async ({ next }) => next({ context: { warehouse: await opening } }));
}

export type OpenedContract = ReturnType<typeof openedContract>;
