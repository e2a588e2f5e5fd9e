import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { ClusterTestReport } from '../../contract/cluster';
import { isMissing, type ClusterSession } from './session';
import { recordTables } from './tables';

/** Failures of one statement, which don't keep the others from being tried. */
const ofStatement = new Set(['CLUSTER_RIGHTS', 'CLUSTER_QUERY', 'CLUSTER_FAILED']);

const nodeSchema = z.object({ id: z.string(), version: z.string(), coordinator: z.boolean() });

/**
 * Signs in and finds out what the user may do. To find out whether results may be written, it creates a table with one
 * row and drops it.
 * @throws AppError CLUSTER_UNREACHABLE, CLUSTER_CERTIFICATE, CLUSTER_SIGN_IN, CANCELLED
 */
export async function testConnection(session: ClusterSession): Promise<ClusterTestReport> {
  const [server] = await session.rows('SELECT version() AS version', z.object({ version: z.string() }));
  const nodes = await session
    .rows(
      `SELECT node_id AS id, node_version AS version, coordinator FROM system.runtime.nodes
       WHERE state = 'active' ORDER BY coordinator DESC, node_id`,
      nodeSchema,
    )
    .catch(nullIfRefused);
  const readEvents = await ability(() => session.run(`SELECT * FROM ${session.eventsTable} LIMIT 1`));
  const missing = await missingTables(session);
  const readResults = await ability(() => session.run(`SELECT * FROM ${session.result('refresh_log')} LIMIT 1`));
  return {
    version: server?.version ?? '',
    nodes,
    readEvents,
    readResults,
    writeResults: await ability(() => writeAndDrop(session)),
    isSetUp: missing.length === 0 && readEvents.possible,
  };
}

/**
 * The tables of set-up that don't exist in the results.
 * @throws AppError of the client
 */
export async function missingTables(session: ClusterSession): Promise<string[]> {
  const missing: string[] = [];
  for (const table of Object.keys(recordTables)) {
    await session.run(`SELECT 1 FROM ${session.result(table)} LIMIT 0`).catch((error: unknown) => {
      if (!isMissing(error) && !(error instanceof AppError && error.code === 'CLUSTER_RIGHTS')) throw error;
      missing.push(table);
    });
  }
  return missing;
}

async function writeAndDrop(session: ClusterSession): Promise<void> {
  const table = session.result(`connection_test_${randomBytes(6).toString('hex')}`);
  await session.run(`CREATE TABLE ${table} AS SELECT 1 AS works`);
  await session.run(`DROP TABLE ${table}`);
}

async function ability(work: () => Promise<unknown>): Promise<ClusterTestReport['readEvents']> {
  try {
    await work();
    return { possible: true, reason: null };
  } catch (error) {
    if (!(error instanceof AppError) || !ofStatement.has(error.code)) throw error;
    return { possible: false, reason: error.message };
  }
}

function nullIfRefused(error: unknown): null {
  if (error instanceof AppError && ofStatement.has(error.code)) return null;
  throw error;
}
