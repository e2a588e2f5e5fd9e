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
import {
  estimateSchema,
  generationRequestSchema,
  generationStateSchema,
  pastRunSchema,
  previewSchema,
  startRequestSchema,
} from '../generation';
import { repeatedDaySchema } from '../partitions';
import { procedure } from './procedure';
import { generationLimits, recipeSchema, wholeNumber } from '../recipe';
import { exportFormats, exportIdSchema } from '../result-work';
import { settingsChangeSchema } from '../settings';
import { agreedLinkSchema, appStateSchema } from '../workspace';

const chooseExportSchema = z.object({ name: z.string(), format: z.enum(exportFormats) });

const commandSchema = z.object({ serial: z.int().positive(), action: z.enum(actionIds) });
export type Command = z.infer<typeof commandSchema>;

const pixelSchema = z.int().nonnegative();

/** A PNG is taken of a part of the window as it is; an SVG is drawn by the page. */
const pictureSchema = z.discriminatedUnion('format', [
  z.object({
    format: z.literal('png'),
    area: z.object({ x: pixelSchema, y: pixelSchema, width: pixelSchema, height: pixelSchema }),
  }),
  z.object({ format: z.literal('svg'), text: z.string() }),
]);
export type Picture = z.infer<typeof pictureSchema>;

/** What the window may ask of the main process: the workspace, the generator, the app itself. */
export const mainContract = {
  app: {
    /** The state now, then each change, until the caller leaves. */
    watch: procedure.output(eventIterator(appStateSchema)),
    /** Keeps settings and applies them at once. */
    changeSettings: procedure.input(settingsChangeSchema).output(z.void()),
    /** What the native menu has asked since the page was loaded; `serial` tells one click from the next. */
    commands: procedure.output(eventIterator(commandSchema)),
    /** Does what the native menu does by itself; returns once it is done. */
    perform: procedure.input(z.object({ action: z.enum(appActions) })).output(z.void()),
    versions: procedure.output(
      z.object({ app: z.string(), electron: z.string(), chrome: z.string(), node: z.string() }),
    ),
    /** What the log files have of a span of time: the first lines, and how many more there are. */
    logLines: procedure
      .input(z.object({ from: instantSchema, to: instantSchema }))
      .output(z.object({ lines: z.array(z.string()), leftOut: z.int().nonnegative() })),
  },
  workspace: {
    /** Opens `folder` (made when missing) as the workspace and remembers it. */
    open: procedure.input(z.object({ folder: z.string().min(1) })).output(z.void()),
    /** Opens a new workspace beside the suggested one, and fills it: events, then a refresh. Returns once that is under way. */
    openSample: procedure.output(z.void()),
    /** Asks the user for a folder and opens it; false when the user thought better of it. */
    choose: procedure.output(z.boolean()),
    /** Follows a link of the workspace from now on, as long as it leads there, and opens the workspace again. */
    allowLink: procedure.input(agreedLinkSchema).output(z.void()),
    /** Puts away the notices of the workspace's state. */
    dismissNotices: procedure.output(z.void()),
    /** Shows a file or folder of the workspace, given by its path from there, in the system's file manager. */
    reveal: procedure.input(z.object({ path: z.string() })).output(z.void()),
    /** Starts the warehouse process again after it failed. */
    restartWarehouse: procedure.output(z.void()),
    /** Ends the warehouse process at once, whatever it does, and starts another. */
    stopWarehouse: procedure
      // What becomes of a refresh that runs: the next process starts it again, or it is cancelled.
      .input(z.object({ refresh: z.enum(['resume', 'cancel']) }))
      .output(z.void()),
  },
  console: {
    /** Tabs and their texts as they were left in this workspace. */
    load: procedure.output(storedConsoleSchema),
    saveTabs: procedure.input(consoleTabsSchema).output(z.void()),
    saveText: procedure.input(z.object({ id: consoleTabSchema.shape.id, text: z.string() })).output(z.void()),
    /** Keeps a run in the history. */
    record: procedure.input(historyEntrySchema.omit({ id: true })).output(z.void()),
    /** Runs whose SQL or error holds every word of `search`, newest first. */
    history: procedure
      .input(z.object({ search: z.string(), limit: z.int().positive().max(1_000) }))
      .output(z.array(historyEntrySchema)),
    /** The queries that ship with the app. */
    examples: procedure.output(z.array(exampleSchema)),
  },
  queries: {
    /** The saved queries now, then again after each change, also from outside. */
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
    /** A request that fits this workspace and machine: a seed not used yet, a worker a core. */
    suggest: procedure.output(generationRequestSchema),
    /**
     * Returns once the run has started; follow it with `watch`. Where the estimate says `ask`, the call fails with
     * NEEDS_CONFIRMATION unless it is `confirmed`; its message is the question.
     */
    start: procedure.input(startRequestSchema).output(z.void()),
    /** Appends the days after the last partition, with the teams and users that are there; as `start`. */
    advance: procedure
      .input(z.object({ days: wholeNumber('Days', 1, generationLimits.days), confirmed: z.boolean().default(false) }))
      .output(z.void()),
    /** Returns once the run has stopped and its files are gone. */
    cancel: procedure.output(z.void()),
    watch: procedure.output(eventIterator(generationStateSchema)),
    /** Makes the files of a day again, by the recipes of the runs that wrote (or once wrote) them. */
    repeatDay: procedure.input(z.object({ date: calendarDateSchema })).output(repeatedDaySchema),
    /** Runs that ended, newest first. */
    history: procedure.output(z.array(pastRunSchema)),
    /** Writes nothing; quick enough to be asked at every key press. */
    estimate: procedure.input(generationRequestSchema).output(estimateSchema),
    preview: procedure.input(recipeSchema).output(previewSchema),
    /** The recipe as one line of text, to be kept and sent to others. */
    formatRecipe: procedure.input(recipeSchema).output(z.string()),
    /** Reads such a line; INVALID_OPTIONS says what is wrong with it. What the line leaves out has its default. */
    parseRecipe: procedure.input(z.string()).output(recipeSchema),
  },
  /** Files that the user takes out of the app. Where they go is known to the main process alone. */
  exports: {
    /** Asks where a result shall be written; null when the user thought better of it. */
    choose: procedure
      .input(chooseExportSchema)
      .output(z.object({ exportId: exportIdSchema, file: z.string() }).nullable()),
    /** Moves what the warehouse process has written to where the user wants it; returns its path. */
    finish: procedure.input(z.object({ exportId: exportIdSchema })).output(z.string()),
    /** Forgets an export that failed or was cancelled. */
    discard: procedure.input(z.object({ exportId: exportIdSchema })).output(z.void()),
    /** Puts text on the clipboard: the page itself has no permission for that. */
    copyText: procedure.input(z.object({ text: z.string() })).output(z.void()),
    /** Asks where a picture shall be saved and saves it; null when the user thought better of it. */
    savePicture: procedure.input(z.object({ name: z.string(), picture: pictureSchema })).output(z.string().nullable()),
  },
};

export type MainContract = typeof mainContract;
