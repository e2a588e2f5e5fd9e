import type { DuckDBConnection } from '@duckdb/node-api';
import type { FactResult } from '../../contract/facts/facts';
import type { FactFile } from '../models/fact-file';
import { readFactResults, writeFactResults } from '../records/fact-results';
import type { Workspace } from '../workspace';
import { proveFacts } from './prove-facts';

/** The table of results, and the name of its export. */
export const factResults = 'fact_results';

interface FactTask {
  readonly connection: DuckDBConnection;
  readonly workspace: Workspace;
  readonly factFiles: readonly FactFile[];
}

/**
 * Measures the facts for a refresh, in its transaction, and stores the results.
 * @param changed whether the warehouse may differ from that of the refresh before
 */
export async function recordFacts(
  { connection, workspace, factFiles }: FactTask,
  refreshId: number,
  changed: boolean,
): Promise<FactResult[]> {
  const before = changed ? null : await readFactResults(connection, null);
  const results = await proveFacts(connection, workspace, factFiles, before);
  await writeFactResults(connection, refreshId, results);
  return results;
}
