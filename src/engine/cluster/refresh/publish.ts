import { z } from 'zod';
import { bronze, silver } from '../../../contract/relations';
import { quoteIdentifier, quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import { rowsTable } from '../tables';
import { currentSnapshots, type ClusterState } from './state';

/** The views that readers use, by name: each model at the snapshot of the last refresh. */
function viewsOf(
  session: ClusterSession,
  { models, snapshots }: ClusterState,
  which: 'all' | 'rows',
): Map<string, string> {
  return new Map(
    models.flatMap(({ name, definition }): [string, string][] => {
      if (name === bronze || name === silver) return which === 'all' ? [[name, definition]] : [];
      const snapshot = snapshots[rowsTable(name)];
      const rows = session.result(rowsTable(name));
      return snapshot === undefined ? [] : [[name, `SELECT * FROM ${rows} FOR VERSION AS OF ${snapshot}`]];
    }),
  );
}

/**
 * Points the views at the snapshots of the last refresh. Only views that don't are replaced, so that this also finishes
 * what a killed refresh has left, and costs one statement if there is nothing to do.
 * @param which *rows*: without bronze and silver, which show the files as they are
 */
export async function publishViews(session: ClusterSession, state: ClusterState, which: 'all' | 'rows'): Promise<void> {
  const { resultsCatalog, resultsSchema } = session.settings;
  const standing = await session.rows(
    `SELECT table_name AS name, view_definition AS sql FROM ${quoteIdentifier(resultsCatalog)}.information_schema.views
     WHERE table_schema = ${quoteText(resultsSchema.toLowerCase())}`,
    z.object({ name: z.string(), sql: z.string() }),
  );
  const known = new Map(standing.map(({ name, sql }) => [name, sql]));
  for (const [name, select] of viewsOf(session, state, which)) {
    const snapshot = /FOR VERSION AS OF (\d+)$/.exec(select)?.[1];
    const stands = snapshot !== undefined && known.get(name)?.includes(snapshot) === true;
    // The cluster formats the text of a view, so that of bronze and silver can't be compared.
    if (!stands) await session.run(`CREATE OR REPLACE VIEW ${session.result(name)} AS\n${select}`);
  }
}

/**
 * Takes tables back to the last refresh: one that was killed or cancelled may have written newer snapshots.
 * @returns models whose tables are gone
 */
export async function takeBack(session: ClusterSession, state: ClusterState): Promise<Set<string>> {
  const tables = Object.keys(state.snapshots);
  const current = await currentSnapshots(session, tables);
  const missing = new Set<string>();
  for (const table of tables) {
    const valid = state.snapshots[table] ?? '';
    const now = current.get(table);
    if (now === undefined) missing.add(table.replace(/_rows$/, ''));
    else if (now !== valid) {
      await session.run(`ALTER TABLE ${session.result(table)} EXECUTE rollback_to_snapshot(${valid})`);
    }
  }
  return missing;
}

/** Drops the views and tables of models that are no longer declared. */
export async function dropRemoved(session: ClusterSession, models: readonly string[]): Promise<void> {
  for (const name of models) {
    await session.run(`DROP VIEW IF EXISTS ${session.result(name)}`);
    await session.run(`DROP TABLE IF EXISTS ${session.result(rowsTable(name))}`);
  }
}
