import { z } from 'zod';
import { errorReportSchema } from '../../contract/app-error';
import { clusterAccessSchema } from '../../contract/cluster';
import { warehouseLimitsSchema } from '../../contract/settings';
import { refreshRequestSchema, refreshStateSchema } from '../../contract/warehouse';
import { agreedLinksSchema } from '../../contract/workspace';

/** The request of a refresh, and the steps that have crashed a process already: by name, with the cause. */
const refreshOrderSchema = z.object({
  request: refreshRequestSchema,
  crashedSteps: z.record(z.string(), z.string()),
});

export type RefreshOrder = z.infer<typeof refreshOrderSchema>;

/**
 * Supervisor to warehouse process: `open` once; then `connect` with a port for each window, `refresh` for a sample with
 * new events or for a refresh that a crash interrupted; `close` at the end.
 */
export const fromSupervisorSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    folder: z.string(),
    agreedLinks: agreedLinksSchema,
    modelsFolder: z.string(),
    limits: warehouseLimitsSchema,
  }),
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('refresh'), order: refreshOrderSchema }),
  /** Changed resource limits. */
  z.object({ type: z.literal('limit'), limits: warehouseLimitsSchema }),
  /** The answer to a question of the same id. */
  z.object({
    type: z.literal('cluster-access'),
    id: z.int(),
    outcome: z.discriminatedUnion('given', [
      z.object({ given: z.literal(true), access: clusterAccessSchema }),
      z.object({ given: z.literal(false), error: errorReportSchema }),
    ]),
  }),
  z.object({ type: z.literal('close') }),
]);

export type FromSupervisor = z.infer<typeof fromSupervisorSchema>;
export type OpenOrder = Extract<FromSupervisor, { type: 'open' }>;

/**
 * Warehouse process to supervisor: once, the outcome of opening the warehouse; then the state of refreshes, whether
 * user statements are running, and a failure of DuckDB, after which the process ends itself. `cluster-access` asks for
 * the cluster of the workspace, with its secret.
 */
export const toSupervisorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), error: errorReportSchema }),
  z.object({ type: z.literal('refresh'), state: refreshStateSchema, request: refreshRequestSchema }),
  z.object({ type: z.literal('statements'), running: z.boolean() }),
  z.object({ type: z.literal('duckdb-failed'), error: errorReportSchema }),
  z.object({ type: z.literal('cluster-access'), id: z.int() }),
]);

export type ToSupervisor = z.infer<typeof toSupervisorSchema>;
