import type { ClusterMoreEvent, ClusterProgress, ClusterRunEvent } from '../../contract/cluster';
import { reportStreamErrors } from '../system/rpc';
import { followed } from './followed';
import type { OpenedContract } from './procedures';

/**
 * Queries of the console on the workspace's cluster.
 * @param sessions the ids of the caller's open sessions
 */
export function clusterRouter(contract: OpenedContract['clusterConsole'], sessions: Set<string>) {
  return {
    run: contract.run.handler(({ context: { warehouse }, input: { sessionId, sql, resultId }, signal }) => {
      sessions.add(sessionId);
      const events = followed<ClusterRunEvent>({ type: 'progress', progress: null }, signal, async (leaving, tell) => {
        const queries = await warehouse.cluster.queries();
        const outcome = await queries.run(sessionId, sql, {
          resultId,
          signal: leaving,
          onProgress: (progress) => tell({ type: 'progress', progress }),
        });
        return { type: 'done', outcome };
      });
      return reportStreamErrors(events);
    }),
    more: contract.more.handler(({ context: { warehouse }, input: { resultId }, signal }) => {
      const events = followed<ClusterMoreEvent>({ type: 'progress', progress: null }, signal, async (leaving, tell) => {
        const onProgress = (progress: ClusterProgress) => tell({ type: 'progress', progress });
        const options = { signal: leaving, onProgress };
        const outcome = await warehouse.cluster.onOpened((queries) => queries.more(resultId, options));
        return { type: 'done', outcome };
      });
      return reportStreamErrors(events);
    }),
    explain: contract.explain.handler(async ({ context: { warehouse }, input, signal }) =>
      (await warehouse.cluster.queries()).explain(input.sql, { signal }),
    ),
    functions: contract.functions.handler(async ({ context: { warehouse } }) =>
      (await warehouse.cluster.language()).functions(),
    ),
    names: contract.names.handler(async ({ context: { warehouse }, input }) =>
      (await warehouse.cluster.language()).names(input.path),
    ),
    contents: contract.contents.handler(async ({ context: { warehouse }, input }) =>
      (await warehouse.cluster.language()).contents(input.path),
    ),
    forget: contract.forget.handler(async ({ context: { warehouse } }) =>
      (await warehouse.cluster.language()).forget(),
    ),
    columns: contract.columns.handler(async ({ context: { warehouse }, input }) =>
      (await warehouse.cluster.language()).columns(input.path),
    ),
  };
}
