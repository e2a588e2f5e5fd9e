import { randomUUID } from 'node:crypto';
import { AppError } from '../../../contract/app-error';
import {
  mostClusterRows,
  type ClusterOutcome,
  type ClusterPlan,
  type ClusterProgress,
} from '../../../contract/cluster';
import type { Console } from '../../console/console';
import type { TrinoClient } from '../../trino/client';
import { analyzedPlan } from './analyzed-plan';
import { OpenRows } from './open-rows';
import { readOnlyStatement } from './read-only-statement';

export interface ClusterRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** The id of the result; random if not given. */
  readonly resultId?: string | undefined;
  readonly onProgress?: ((progress: ClusterProgress) => void) | undefined;
  /** Most rows to fetch at first; the query waits for {@link ClusterConsole.more} then. */
  readonly mostRows?: number | undefined;
}

/**
 * Runs queries of the console on the cluster. Their rows become results of the console's sessions, so that windows,
 * sorting, charts, profiles and exports work on them. Cancel is that of the console.
 */
export class ClusterConsole {
  /** By the id of the result, as long as the cluster may have more rows. */
  readonly #open = new Map<string, OpenRows>();

  constructor(
    private readonly console: Console,
    private readonly client: TrinoClient,
  ) {}

  /**
   * Runs one query. Anything else is refused before it is sent, and by the server's READ ONLY transaction.
   * @throws AppError CLUSTER_READ_ONLY, CLUSTER_QUERY (with position), CANCELLED, and others of the Trino client
   */
  async run(sessionId: string, sql: string, options: ClusterRunOptions = {}): Promise<ClusterOutcome> {
    const { resultId = randomUUID(), onProgress, mostRows = mostClusterRows } = options;
    const statement = readOnlyStatement(sql);
    const started = performance.now();
    return this.console.cancellable(resultId, options.signal, async (signal) => {
      let rows: OpenRows | null = null;
      const onClose = () => {
        this.#open.delete(resultId);
        void rows?.close();
      };
      const { result } = await this.console.keepRows(
        { sessionId, resultId, signal, onClose },
        async (session, name) => {
          const opened = new OpenRows(this.client, statement.sql, session, name);
          rows = opened;
          this.#open.set(resultId, opened);
          try {
            await opened.fetch(mostRows, signal, onProgress);
            return { table: await opened.table() };
          } catch (error) {
            onClose();
            throw error;
          }
        },
      );
      const { queryId = '', notes = [] } = this.#open.get(resultId) ?? {};
      const elapsedMs = performance.now() - started;
      return { kind: statement.kind, queryId, elapsedMs, result, more: this.#hasMore(resultId), notes };
    });
  }

  /**
   * Fetches more rows of a result, which grows. If that is cancelled, the query is over, and the result has the rows that
   * had arrived; the same holds if it fails.
   * @throws AppError RESULT_GONE if there is nothing more to fetch
   */
  async more(
    resultId: string,
    { signal, onProgress, mostRows = mostClusterRows }: Omit<ClusterRunOptions, 'resultId'> = {},
  ): Promise<Pick<ClusterOutcome, 'result' | 'more'>> {
    const rows = this.#open.get(resultId);
    if (!rows) {
      throw new AppError('RESULT_GONE', 'The cluster has no more rows of this result.', {
        action: 'Run the query again.',
      });
    }
    const grow = async () => this.console.results.grow(resultId, await rows.table());
    return this.console.cancellable(resultId, signal, async (stop) => {
      try {
        await rows.fetch(mostRows, stop, onProgress);
        return { result: await grow(), more: this.#hasMore(resultId) };
      } catch (error) {
        this.#open.delete(resultId);
        void rows.close();
        const result = await grow();
        if (stop.aborted) return { result, more: false };
        throw error;
      }
    });
  }

  /**
   * Runs a query for its plan: time and rows of each operator, over all nodes.
   * @throws AppError CLUSTER_QUERY for anything but a query, and as {@link run}
   */
  async explain(
    sql: string,
    { signal, onProgress }: Pick<ClusterRunOptions, 'signal' | 'onProgress'> = {},
  ): Promise<ClusterPlan> {
    const statement = readOnlyStatement(sql);
    if (!explained.has(statement.kind)) {
      throw new AppError('CLUSTER_QUERY', `${statement.kind} has no plan.`, { action: 'Run a SELECT for its plan.' });
    }
    const explain = `EXPLAIN ANALYZE\n${statement.sql}`;
    const { rows } = await this.client.all(explain, { signal, onProgress, readOnly: true }).catch((error: unknown) => {
      throw withoutFirstLine(error);
    });
    const text = rows.map(([line]) => (typeof line === 'string' ? line : '')).join('\n');
    return { text, plan: analyzedPlan(text) };
  }

  /** Ends the queries that wait for {@link more}; results keep the rows that they have. */
  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((rows) => rows.close()));
  }

  /** Also forgets a query that is complete. */
  #hasMore(resultId: string): boolean {
    if (this.#open.get(resultId)?.hasMore) return true;
    this.#open.delete(resultId);
    return false;
  }
}

/** Statements that read rows. */
const explained = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE']);

/** The same error with its position in the statement of the user, which began on the second line. */
function withoutFirstLine(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.details.position) return error;
  const { line, column } = error.details.position;
  return new AppError(error.code, error.message, {
    ...error.details,
    position: { line: Math.max(1, line - 1), column },
  });
}
