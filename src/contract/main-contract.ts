import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { calendarDateSchema } from './calendar-date';
import {
  estimateSchema,
  generationRequestSchema,
  generationStateSchema,
  pastRunSchema,
  previewSchema,
  startRequestSchema,
} from './generation';
import { repeatedDaySchema } from './partitions';
import { procedure } from './procedure';
import { generationLimits, recipeSchema, wholeNumber } from './recipe';
import { appStateSchema } from './workspace';

/** What the window may ask of the main process: the workspace, the generator, the app itself. */
export const mainContract = {
  app: {
    /** The state now, then each change, until the caller leaves. */
    watch: procedure.output(eventIterator(appStateSchema)),
    versions: procedure.output(
      z.object({ app: z.string(), electron: z.string(), chrome: z.string(), node: z.string() }),
    ),
  },
  clipboard: {
    /** Puts a text on the system's clipboard, which the page has no permission for. */
    write: procedure.input(z.object({ text: z.string() })).output(z.void()),
  },
  workspace: {
    /** Opens `folder` (made when missing) as the workspace and remembers it. */
    open: procedure.input(z.object({ folder: z.string().min(1) })).output(z.void()),
    /** Opens a new workspace beside the suggested one, and fills it: events, then a refresh. Returns once that is under way. */
    openSample: procedure.output(z.void()),
    /** Asks the user for a folder and opens it; false when the user thought better of it. */
    choose: procedure.output(z.boolean()),
    /** Shows a file or folder of the workspace, given by its path from there, in the system's file manager. */
    reveal: procedure.input(z.object({ path: z.string() })).output(z.void()),
    /** Starts the warehouse process again after it failed. */
    restartWarehouse: procedure.output(z.void()),
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
};

export type MainContract = typeof mainContract;
