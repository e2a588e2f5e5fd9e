import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { ClusterProgress, ClusterSettings } from '../../contract/cluster';
import { quoteIdentifier } from '../sql/quote';
import type { TrinoColumn } from '../trino/protocol';
import type { TrinoClient } from '../trino/client';
import type { StatementOptions, TrinoOutcome, TrinoPage } from '../trino/statement';

/** Trino's names for failures of a node, after which the same statement may succeed on the others. */
const lostNode = new Set([
  'NO_NODES_AVAILABLE',
  'PAGE_TRANSPORT_ERROR',
  'PAGE_TRANSPORT_TIMEOUT',
  'REMOTE_HOST_GONE',
  'REMOTE_TASK_ERROR',
  'REMOTE_TASK_MISMATCH',
  'SERVER_SHUTTING_DOWN',
  'TOO_MANY_REQUESTS_FAILED',
]);

/** Waits before a statement is tried again; until then the coordinator has noticed that the node is gone. */
const retryMs = [2_000, 10_000];

/** More rows than any list of ours has: files and days. */
const mostRows = 5_000_000;

/** What a session reports while statements run. */
export interface SessionEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ClusterProgress) => void;
  /** Called before a statement is tried again, with the reason. */
  readonly onRetry?: (reason: AppError) => void;
}

/**
 * Statements on the cluster of one workspace, with the names of its schemas. A statement that fails because a node was
 * lost is tried again, so each must leave the same state when it runs twice.
 */
export class ClusterSession {
  constructor(
    private readonly client: TrinoClient,
    readonly settings: ClusterSettings,
    private readonly events: SessionEvents = {},
  ) {}

  /** The same cluster with other listeners. */
  with(events: SessionEvents): ClusterSession {
    return new ClusterSession(this.client, this.settings, events);
  }

  /** The same session for a part of its work, which ends and tells its progress by itself. */
  part(events: Required<Pick<SessionEvents, 'signal' | 'onProgress'>>): ClusterSession {
    return this.with({ ...this.events, ...events });
  }

  /** What ends its statements. */
  get signal(): AbortSignal | undefined {
    return this.events.signal;
  }

  /** A table or view of the results, as SQL names it everywhere. */
  result(name: string): string {
    const { resultsCatalog, resultsSchema } = this.settings;
    return [resultsCatalog, resultsSchema, name].map(quoteIdentifier).join('.');
  }

  /** The external table over the event files. */
  get eventsTable(): string {
    return this.#events('events');
  }

  /** A second table over them, with columns of a type that they never have. */
  get eventColumnsTable(): string {
    return this.#events('event_columns');
  }

  #events(table: string): string {
    const { eventsCatalog, eventsSchema } = this.settings;
    return [eventsCatalog, eventsSchema, table].map(quoteIdentifier).join('.');
  }

  /** Runs a statement without rows. */
  run(sql: string): Promise<TrinoOutcome> {
    return this.#retrying(() => this.client.run(sql, this.#options));
  }

  /**
   * The rows of a list, as `schema` describes them by the names of columns.
   * @throws AppError CLUSTER_ANSWER if they are others: anybody with rights may have replaced the tables of the results
   */
  async rows<T>(sql: string, schema: z.ZodType<T>): Promise<T[]> {
    const { columns, rows } = await this.#retrying(() => this.client.all(sql, { ...this.#options, mostRows }));
    const named = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
    const { data, error } = z.array(schema).safeParse(named);
    if (data) return data;
    throw unexpectedRecords("A table of the cluster doesn't have the values that are expected there.", error);
  }

  /** The columns of a SELECT. */
  async columns(select: string): Promise<readonly TrinoColumn[]> {
    const { columns } = await this.#retrying(() => this.client.all(`${select} LIMIT 0`, this.#options));
    return columns;
  }

  /** Does `work` again if a node was lost meanwhile. */
  again<T>(work: () => Promise<T>): Promise<T> {
    return this.#retrying(work);
  }

  /** The rows of a statement in pages, of which one is in memory. Not tried again. */
  pages(sql: string): AsyncGenerator<TrinoPage, TrinoOutcome, void> {
    return this.client.pages(sql, this.#options);
  }

  get #options(): StatementOptions {
    return { signal: this.events.signal, onProgress: this.events.onProgress };
  }

  async #retrying<T>(work: () => Promise<T>): Promise<T> {
    for (const ms of retryMs) {
      try {
        return await work();
      } catch (error) {
        if (!isLostNode(error) || this.events.signal?.aborted) throw error;
        this.events.onRetry?.(error);
        await sleep(ms, undefined, this.events.signal ? { signal: this.events.signal } : {});
      }
    }
    return work();
  }
}

/** The error for records of refreshes on the cluster that nothing can be done with. */
export function unexpectedRecords(message: string, cause?: unknown): AppError {
  return new AppError('CLUSTER_ANSWER', message, {
    action: 'Use another schema for the results, or delete the tables in this one and set the cluster up.',
    ...(cause instanceof z.ZodError ? { cause: z.prettifyError(cause) } : {}),
    ...(cause instanceof SyntaxError ? { cause: cause.message } : {}),
  });
}

function isLostNode(error: unknown): error is AppError {
  return error instanceof AppError && lostNode.has(error.details.cluster?.errorName ?? '');
}

/** Whether the cluster refused a statement because something that it names doesn't exist. */
export function isMissing(error: unknown): boolean {
  const name = error instanceof AppError ? error.details.cluster?.errorName : undefined;
  return ['TABLE_NOT_FOUND', 'SCHEMA_NOT_FOUND', 'CATALOG_NOT_FOUND'].includes(name ?? '');
}
