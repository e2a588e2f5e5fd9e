import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { clusterStateSchema } from './cluster';
import { settingsSchema } from './settings';

/** Folders of a workspace that may be links if the user agrees: those that hold much data. */
export const allowableLinkSchema = z.enum(['data', 'data/events', 'exports']);

/** A link in a workspace: its path, and its real target. */
export const agreedLinkSchema = z.object({ path: allowableLinkSchema, target: z.string().min(1) });

export type AgreedLink = z.infer<typeof agreedLinkSchema>;

/** The links of one workspace that the user has allowed: target by path. */
export const agreedLinksSchema = z.record(z.string(), z.string());

/** The open workspace folder; null until the user has chosen one. */
export const workspaceStateSchema = z.object({
  folder: z.string().nullable(),
  /** The suggested folder for a first workspace. */
  suggestedFolder: z.string(),
  /** Why `folder` can't be used. */
  problem: errorReportSchema.nullable(),
  /** Warnings about the workspace since it was opened. */
  notices: z.array(errorReportSchema),
  /** Recently opened folders, the latest first. */
  recent: z.array(z.string()),
  /** The cluster that the user has set for this workspace; null for none. */
  cluster: clusterStateSchema.nullable(),
});

export type WorkspaceState = z.infer<typeof workspaceStateSchema>;

/** The process that owns the database file, as its supervisor sees it. */
export const warehouseStatusSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('starting') }),
  z.object({ status: z.literal('ready'), restarts: z.int().nonnegative() }),
  /** It crashed too often in a row to be restarted automatically. */
  z.object({ status: z.literal('failed'), problem: errorReportSchema }),
]);

export type WarehouseStatus = z.infer<typeof warehouseStatusSchema>;

/** A file of the app itself that could not be used. */
export const setAsideSchema = z.object({
  /** From the user-data folder, with slashes. */
  file: z.string(),
  /** Its new absolute path; null if it could not be moved. */
  keptAs: z.string().nullable(),
  /** The end of a sentence, such as `it is not valid JSON`. */
  reason: z.string(),
});

export type SetAside = z.infer<typeof setAsideSchema>;

export const appStateSchema = z.object({
  workspace: workspaceStateSchema,
  warehouse: warehouseStatusSchema,
  settings: settingsSchema,
  /** Files of the app that were set aside since it started, in order. */
  setAside: z.array(setAsideSchema),
});

export type AppState = z.infer<typeof appStateSchema>;
