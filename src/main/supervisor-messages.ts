import { z } from 'zod';
import { errorReportSchema } from '../contract/app-error';
import { warehouseLimitsSchema } from '../contract/settings';
import { refreshStateSchema } from '../contract/warehouse';

/**
 * Supervisor to warehouse process: `open` once, then `connect` with a port for each window, `refresh` for a sample whose
 * events are there, `close` at the end.
 */
export const fromSupervisorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), folder: z.string(), modelsFolder: z.string(), limits: warehouseLimitsSchema }),
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('refresh') }),
  /** Other limits than those that it was opened with. */
  z.object({ type: z.literal('limit'), limits: warehouseLimitsSchema }),
  z.object({ type: z.literal('close') }),
]);

export type FromSupervisor = z.infer<typeof fromSupervisorSchema>;

/** Warehouse process to its supervisor: once, after it has tried to open the warehouse, then how refreshes stand. */
export const toSupervisorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), error: errorReportSchema }),
  z.object({ type: z.literal('refresh'), state: refreshStateSchema }),
]);

export type ToSupervisor = z.infer<typeof toSupervisorSchema>;
