import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { actionIds, appActions } from '../actions';
import {
  consoleTabSchema,
  consoleTabsSchema,
  exampleSchema,
  historyEntrySchema,
  queryNameSchema,
  savedQuerySchema,
  storedConsoleSchema,
} from '../console';
import { calendarDateSchema, instantSchema } from '../calendar';
import { clusterDraftSchema, clusterSetUpPlanSchema, clusterTestReportSchema } from '../cluster';
import {
  estimateSchema,
  generationRequestSchema,
  generationStateSchema,
  pastRunSchema,
  previewSchema,
  startRequestSchema,
} from '../generation';
import { repeatedDaySchema } from '../partitions';
import { folderShardsSchema, shardInventorySchema } from '../publish/shards';
import { procedure } from './procedure';
import { generationLimits, recipeSchema, wholeNumber } from '../recipe';
import { exportFormats, exportIdSchema } from '../result-work';
import { settingsChangeSchema } from '../settings';
import { refreshEngines } from '../warehouse';
import { agreedLinkSchema, appStateSchema } from '../workspace';

const chooseExportSchema = z.object({ name: z.string(), format: z.enum(exportFormats) });

const commandSchema = z.object({ serial: z.int().positive(), action: z.enum(actionIds) });
export type Command = z.infer<typeof commandSchema>;

/** A PNG is captured from a part of the window; an SVG is drawn by the page. */
const pictureSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('png'), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
  z.object({ format: z.literal('svg'), text: z.string() }),
]);
export type Picture = z.infer<typeof pictureSchema>;

/** Calls from the window to the main process: the workspace, the generator, the app itself. */
export const mainContract = {
  app: {
    /** The state now, then each change, until the caller leaves. */
    watch: procedure.output(eventIterator(appStateSchema)),
    /** Saves settings and applies them at once. */
    changeSettings: procedure.input(settingsChangeSchema).output(z.void()),
    /** Clicks in the native menu since the page was loaded; `serial` distinguishes one from the next. */
    commands: procedure.output(eventIterator(commandSchema)),
    /** Runs an action that the native menu handles itself; returns once it is done. */
    perform: procedure.input(z.object({ action: z.enum(appActions) })).output(z.void()),
    versions: procedure.output(
      z.object({ app: z.string(), electron: z.string(), chrome: z.string(), node: z.string() }),
    ),
    /** Log lines of a time span: the first ones, and the number of the others. */
    logLines: procedure
      .input(z.object({ from: instantSchema, to: instantSchema }))
      .output(z.object({ lines: z.array(z.string()), leftOut: z.int().nonnegative() })),
  },
  workspace: {
    /** Opens `folder` (created if missing) as the workspace and remembers it. */
    open: procedure.input(z.object({ folder: z.string().min(1) })).output(z.void()),
    /**
     * Opens a new workspace next to the suggested one and fills it: events, then a refresh. Returns once both are
     * started.
     */
    openSample: procedure.output(z.void()),
    /** Asks the user for a folder and opens it; false if the user cancelled. */
    choose: procedure.output(z.boolean()),
    /** Allows a link of the workspace while it points to this target, and reopens the workspace. */
    allowLink: procedure.input(agreedLinkSchema).output(z.void()),
    /** Dismisses the notices of the workspace's state. */
    dismissNotices: procedure.output(z.void()),
    /** Shows a file or folder of the workspace, given by its path from there, in the system's file manager. */
    reveal: procedure.input(z.object({ path: z.string() })).output(z.void()),
    /** Starts the warehouse process again after it failed. */
    restartWarehouse: procedure.output(z.void()),
    /** Kills the warehouse process at once and starts another. */
    forceStopWarehouse: procedure
      // Whether the next process restarts a refresh that is running, or cancels it.
      .input(z.object({ refresh: z.enum(['resume', 'cancel']) }))
      .output(z.void()),
  },
  /** The cluster of the open workspace; its state is part of the app's state. */
  cluster: {
    /** Saves the settings, and the secret in the system's key store; a system without one keeps it in memory. */
    save: procedure.input(clusterDraftSchema).output(z.void()),
    /** Forgets the settings and the secret. */
    forget: procedure.output(z.void()),
    /** Remembers where a refresh of this workspace computes. */
    choose: procedure.input(z.object({ on: z.enum(refreshEngines) })).output(z.void()),
    /** Asks for the file of a certificate authority; null if the user cancelled. */
    chooseCaFile: procedure.output(z.string().nullable()),
    /** Tries settings, saved or not; leaving the call cancels it. */
    test: procedure.input(clusterDraftSchema).output(clusterTestReportSchema),
    /** The statements that `setUp` runs. */
    setUpPlan: procedure.input(clusterDraftSchema).output(clusterSetUpPlanSchema),
    setUp: procedure.input(clusterDraftSchema).output(z.void()),
  },
  console: {
    /** Tabs and their texts as last saved in this workspace. */
    load: procedure.output(storedConsoleSchema),
    saveTabs: procedure.input(consoleTabsSchema).output(z.void()),
    saveText: procedure.input(z.object({ id: consoleTabSchema.shape.id, text: z.string() })).output(z.void()),
    /** Adds a run to the history. */
    record: procedure.input(historyEntrySchema.omit({ id: true })).output(z.void()),
    /** Runs whose SQL or error holds every word of `search`, newest first. */
    history: procedure
      .input(z.object({ search: z.string(), limit: z.int().positive().max(1_000) }))
      .output(z.array(historyEntrySchema)),
    /** The queries that ship with the app. */
    examples: procedure.output(z.array(exampleSchema)),
  },
  queries: {
    /** The saved queries now, then after each change, including changes by other programs. */
    watch: procedure.output(eventIterator(z.array(savedQuerySchema))),
    read: procedure.input(z.object({ name: queryNameSchema })).output(z.string()),
    /**
     * INVALID_OPTIONS says what is wrong with a new name, or that the file has changed meanwhile.
     * @param replaces the text that the file holds, as far as the window knows; null for a new query
     */
    save: procedure
      .input(z.object({ name: z.string(), sql: z.string(), replaces: z.string().nullable() }))
      .output(z.void()),
    rename: procedure.input(z.object({ from: queryNameSchema, to: z.string() })).output(z.void()),
    remove: procedure.input(z.object({ name: queryNameSchema })).output(z.void()),
  },
  generation: {
    /** Suggested options for this workspace and machine: an unused seed, one worker per core. */
    suggest: procedure.output(generationRequestSchema),
    /**
     * Returns once the run has started; follow it with `watch`. If the estimate says `ask`, the call fails with
     * NEEDS_CONFIRMATION unless it is `confirmed`; the message is the question.
     */
    start: procedure.input(startRequestSchema).output(z.void()),
    /** Appends the days after the last partition, with the same teams and users; otherwise as `start`. */
    advance: procedure
      .input(z.object({ days: wholeNumber('Days', 1, generationLimits.days), confirmed: z.boolean().default(false) }))
      .output(z.void()),
    /** Returns once the run has stopped and its files are gone. */
    cancel: procedure.output(z.void()),
    watch: procedure.output(eventIterator(generationStateSchema)),
    /** Regenerates the files of a day from the recipes of the runs that wrote them. */
    repeatDay: procedure.input(z.object({ date: calendarDateSchema })).output(repeatedDaySchema),
    /** Runs that ended, newest first. */
    history: procedure.output(z.array(pastRunSchema)),
    /** Writes nothing; fast enough to be called at every key press. */
    estimate: procedure.input(generationRequestSchema).output(estimateSchema),
    preview: procedure.input(recipeSchema).output(previewSchema),
    /** The shards of a recipe that machines have published to a folder. */
    shards: procedure.input(folderShardsSchema).output(shardInventorySchema),
    /** The recipe as one line of text, to keep or share. */
    formatRecipe: procedure.input(recipeSchema).output(z.string()),
    /**
     * Reads a recipe line; INVALID_OPTIONS says what is wrong with it. Options that the line leaves out get their
     * default.
     */
    parseRecipe: procedure.input(z.string()).output(recipeSchema),
  },
  /** Exports. Only the main process knows the destination. */
  exports: {
    /** Asks where to save a result; null if the user cancelled. */
    choose: procedure
      .input(chooseExportSchema)
      .output(z.object({ exportId: exportIdSchema, file: z.string() }).nullable()),
    /**
     * Moves the file that the warehouse process has written to the destination that the user chose; returns its path.
     */
    finish: procedure.input(z.object({ exportId: exportIdSchema })).output(z.string()),
    /** Shows a finished export in the system's file manager. */
    reveal: procedure.input(z.object({ exportId: exportIdSchema })).output(z.void()),
    /** Opens a finished export with the program that the system has for it. */
    open: procedure.input(z.object({ exportId: exportIdSchema })).output(z.void()),
    /** Forgets an export that failed or was cancelled. */
    discard: procedure.input(z.object({ exportId: exportIdSchema })).output(z.void()),
    /** Puts text on the clipboard: the page itself has no permission to do so. */
    copyText: procedure.input(z.object({ text: z.string() })).output(z.void()),
    /**
     * Asks where to save a picture, and saves it; null if the user cancelled. It can be shown and opened like an export.
     */
    savePicture: procedure
      .input(z.object({ name: z.string(), picture: pictureSchema }))
      .output(z.object({ exportId: exportIdSchema, path: z.string() }).nullable()),
  },
};

export type MainContract = typeof mainContract;
