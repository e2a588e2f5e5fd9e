import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { settingsSchema } from './settings';

/** Folders of a workspace that may be links to another place once the user has agreed to it: those that hold much. */
export const allowableLinkSchema = z.enum(['data', 'data/events', 'exports']);

export type AllowableLink = z.infer<typeof allowableLinkSchema>;

/** A link of a workspace, by its path from there, and the real path that it leads to. */
export const agreedLinkSchema = z.object({ path: allowableLinkSchema, target: z.string().min(1) });

export type AgreedLink = z.infer<typeof agreedLinkSchema>;

/** The links of one workspace that the user has agreed to: by path, the target. */
export const agreedLinksSchema = z.record(z.string(), z.string());

/** The folder that the window works in; null until the user has chosen one. */
export const workspaceStateSchema = z.object({
  folder: z.string().nullable(),
  /** Where a first workspace is offered. */
  suggestedFolder: z.string(),
  /** Why `folder` can't be used now. */
  problem: errorReportSchema.nullable(),
  /** What was odd about the workspace when it was opened, or was set aside since. */
  notices: z.array(errorReportSchema),
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

/** A file of the app's own that could not be used. */
export const setAsideSchema = z.object({
  /** From the user-data folder, with slashes. */
  file: z.string(),
  /** Its new path, absolute; null where it could not be kept under another name. */
  keptAs: z.string().nullable(),
  /** The end of a sentence, such as `it is not valid JSON`. */
  reason: z.string(),
});

export type SetAside = z.infer<typeof setAsideSchema>;

export const appStateSchema = z.object({
  workspace: workspaceStateSchema,
  warehouse: warehouseStatusSchema,
  settings: settingsSchema,
  /** Files of the app's own that were set aside since it started, in that order. */
  setAside: z.array(setAsideSchema),
});

export type AppState = z.infer<typeof appStateSchema>;
