import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../contract/app-error';
import type { ClusterAccess } from '../../../contract/cluster';
import type { Console } from '../../console/console';
import type { TrinoClient } from '../../trino/client';
import { openCluster } from '../open-cluster';
import { ClusterConsole } from './cluster-console';
import { ClusterLanguage } from './cluster-language';

/**
 * Asks for the cluster of the workspace, with its secret.
 * @throws AppError INVALID_OPTIONS if the workspace has none
 */
export type GetClusterAccess = () => Promise<ClusterAccess>;

interface Session {
  readonly client: TrinoClient;
  readonly queries: ClusterConsole;
  readonly language: ClusterLanguage;
}

/**
 * The session of the console on the workspace's cluster. It is opened by the first statement, and replaced by the next
 * one after the user has changed the settings.
 */
export class WorkspaceCluster {
  #opened: { readonly access: ClusterAccess; readonly session: Promise<Session> } | null = null;

  constructor(
    private readonly console: Console,
    private readonly getAccess: GetClusterAccess = noCluster,
  ) {}

  /** Runs queries. @throws AppError INVALID_OPTIONS, CLUSTER_SIGN_IN or CLUSTER_CERTIFICATE if the settings aren't usable */
  async queries(): Promise<ClusterConsole> {
    return (await this.#current()).queries;
  }

  /** Names for completion. @throws as {@link queries} */
  async language(): Promise<ClusterLanguage> {
    return (await this.#current()).language;
  }

  /**
   * Runs `work` on the session that is open, if there is one: what it works on was opened by that session.
   * @throws AppError RESULT_GONE if there is none
   */
  async onOpened<T>(work: (queries: ClusterConsole) => Promise<T>): Promise<T> {
    const session = await this.#opened?.session;
    if (session) return work(session.queries);
    throw new AppError('RESULT_GONE', 'The session on the cluster was closed.', { action: 'Run the query again.' });
  }

  /** Ends everything that runs on the cluster, and the session. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    const session = await opened?.session.catch(() => null);
    await session?.queries.close();
    await session?.client.close();
  }

  async #current(): Promise<Session> {
    const access = await this.getAccess();
    if (this.#opened && isDeepStrictEqual(this.#opened.access, access)) return this.#opened.session;
    // Nobody waits for the end of the old session.
    void this.close();
    const opened = { access, session: this.#open(access) };
    this.#opened = opened;
    opened.session.catch(() => {
      if (this.#opened === opened) this.#opened = null;
    });
    return opened.session;
  }

  async #open(access: ClusterAccess): Promise<Session> {
    const client = await openCluster(access);
    const language = new ClusterLanguage(client, access.settings);
    return { client, queries: new ClusterConsole(this.console, client), language };
  }
}

function noCluster(): Promise<never> {
  return Promise.reject(
    new AppError('INVALID_OPTIONS', 'No cluster is set for this workspace.', {
      action: 'Enter its server in Settings, Cluster, or run the statement on this machine.',
    }),
  );
}
