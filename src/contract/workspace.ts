import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { settingsSchema } from './settings';

/** The folder that the window works in; null until the user has chosen one. */
export const workspaceStateSchema = z.object({
  folder: z.string().nullable(),
  /** Where a first workspace is offered. */
  suggestedFolder: z.string(),
  /** Why `folder` can't be used now. */
  problem: errorReportSchema.nullable(),
  /** Folders that were open, the last one first. */
  recent: z.array(z.string()),
});

export type WorkspaceState = z.infer<typeof workspaceStateSchema>;

/** The process that owns the database file, as its supervisor sees it. */
export const warehouseStatusSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('starting') }),
  z.object({ status: z.literal('ready'), restarts: z.int().nonnegative() }),
  /** It died too often in a row to be started again by itself. */
  z.object({ status: z.literal('failed'), problem: errorReportSchema }),
]);

export type WarehouseStatus = z.infer<typeof warehouseStatusSchema>;

export const appStateSchema = z.object({
  workspace: workspaceStateSchema,
  warehouse: warehouseStatusSchema,
  settings: settingsSchema,
});

export type AppState = z.infer<typeof appStateSchema>;
