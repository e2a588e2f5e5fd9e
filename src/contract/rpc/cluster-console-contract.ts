import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  clusterContentsSchema,
  clusterFunctionSchema,
  clusterMoreEventSchema,
  clusterNameSchema,
  clusterPlanSchema,
  clusterRunEventSchema,
} from '../cluster';
import { procedure } from './procedure';

/** Names without quotes: catalog, schema and table, or the last ones of them. */
const pathSchema = z.array(z.string().max(255)).max(3);

/**
 * Queries of the console on the workspace's cluster. Their rows become results like those of local statements, so the
 * methods of `results` work on them, and cancel them.
 */
export const clusterConsoleContract = {
  /** Runs one query; leaving the iterator early cancels it. */
  run: procedure
    .input(z.object({ sessionId: z.string().min(1), sql: z.string(), resultId: z.uuid() }))
    .output(eventIterator(clusterRunEventSchema)),
  /** Fetches more rows of a result, which grows; RESULT_GONE if there are none. */
  more: procedure.input(z.object({ resultId: z.uuid() })).output(eventIterator(clusterMoreEventSchema)),
  /** Runs a query for the work of its operators, on all nodes. */
  explain: procedure.input(z.object({ sql: z.string() })).output(clusterPlanSchema),
  /** The functions of the server. */
  functions: procedure.output(z.array(clusterFunctionSchema)),
  /** Names that can follow a path and a dot; without a path, those that a name can begin with. */
  names: procedure.input(z.object({ path: pathSchema })).output(z.array(clusterNameSchema)),
  /** Everything in a place of the cluster, from the catalogs (an empty path) down to the columns of a table. */
  contents: procedure.input(z.object({ path: pathSchema })).output(clusterContentsSchema),
  /** Reads names and functions again when they are next asked for. */
  forget: procedure.output(z.void()),
  /** The columns of a table. */
  columns: procedure.input(z.object({ path: pathSchema.min(1) })).output(z.array(clusterNameSchema)),
};
