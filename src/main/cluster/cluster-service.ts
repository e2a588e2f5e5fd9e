import { AppError } from '../../contract/app-error';
import type {
  ClusterAccess,
  ClusterDraft,
  ClusterSettings,
  ClusterSetUpPlan,
  ClusterState,
  ClusterTestReport,
} from '../../contract/cluster';
import type { RefreshRequest } from '../../contract/warehouse';
import type { AppState } from '../../contract/workspace';
import type { ClusterSession } from '../../engine/cluster/session';
import type { Observable } from '../../engine/observable';
import type { UserFiles } from '../user-data/user-files';
import { ClusterFile, type StoredCluster } from '../user-data/cluster-file';
import { decryptSecret, encryptSecret, ownedBy, secretFor, type OwnedSecret } from './cluster-secret';
import type { KeyStore } from './key-store';

/** The cluster of one workspace. Work that another workspace overtakes still ends in its own. */
interface OpenedCluster {
  readonly workspace: string;
  readonly file: ClusterFile;
  /** Null for none. */
  stored: StoredCluster | null;
}

/** The cluster of the open workspace: its settings, its secret, and set-up. */
export class ClusterService {
  #opened: OpenedCluster | null = null;
  /** Secrets that could not be stored, by workspace, until the app quits. */
  readonly #session = new Map<string, OwnedSecret>();

  constructor(
    private readonly appState: Observable<AppState>,
    private readonly files: UserFiles,
    private readonly keys: KeyStore,
  ) {}

  /** Reads the cluster of a workspace that is being opened; the caller shows the state. */
  async open(workspace: string): Promise<ClusterState | null> {
    const file = new ClusterFile(this.files, workspace);
    const stored = await file.read();
    this.#opened = { workspace, file, stored };
    return this.#state;
  }

  /** Saves settings; without a new secret, the one that is kept stays if it belongs to the same account. */
  async save({ settings, secret }: ClusterDraft): Promise<void> {
    const opened = this.#required;
    const wanted = secret ?? this.#keptSecret(settings);
    const owned = wanted === null || settings.signIn === 'none' ? null : ownedBy(settings, wanted);
    const encrypted = owned && encryptSecret(owned, this.keys);
    await write(opened, { settings, on: opened.stored?.on ?? 'cluster', secret: encrypted });
    if (owned && encrypted === null) this.#session.set(opened.workspace, owned);
    else this.#session.delete(opened.workspace);
    this.#show();
  }

  /** Forgets settings and secret. */
  async forget(): Promise<void> {
    const opened = this.#required;
    await opened.file.remove();
    this.#session.delete(opened.workspace);
    opened.stored = null;
    this.#show();
  }

  /** Remembers where a refresh computes. @throws AppError INVALID_OPTIONS if no cluster is set */
  async choose(on: RefreshRequest['on']): Promise<void> {
    await write(this.#required, { ...this.#set, on });
    this.#show();
  }

  /**
   * The cluster of a workspace with its secret, for the process that works on it.
   * @throws AppError INVALID_OPTIONS if no cluster is set, WORKSPACE_BUSY if another workspace is being opened: its
   * cluster is none of the caller's business
   */
  access(workspace: string): ClusterAccess {
    if (workspace !== this.#opened?.workspace) {
      throw new AppError('WORKSPACE_BUSY', 'Another workspace is being opened.', { action: 'Try again in a moment.' });
    }
    const { settings } = this.#set;
    return { settings, secret: this.#keptSecret(settings) };
  }

  /** @throws AppError CLUSTER_UNREACHABLE, CLUSTER_CERTIFICATE, CLUSTER_SIGN_IN, CANCELLED */
  async test(draft: ClusterDraft, signal?: AbortSignal): Promise<ClusterTestReport> {
    const { testConnection } = await import('../../engine/cluster/test-connection');
    return this.#withSession(draft, signal, testConnection);
  }

  /** The statements of {@link setUp}; nothing is sent. */
  async setUpPlan(draft: ClusterDraft): Promise<ClusterSetUpPlan> {
    const { setUpPlan } = await import('../../engine/cluster/set-up');
    return this.#withSession(draft, undefined, async (session) => setUpPlan(session));
  }

  /** Creates the schemas and tables that are missing. @throws AppError of the client */
  async setUp(draft: ClusterDraft, signal?: AbortSignal): Promise<void> {
    const { setUp } = await import('../../engine/cluster/set-up');
    await this.#withSession(draft, signal, setUp);
  }

  async #withSession<T>(
    { settings, secret }: ClusterDraft,
    signal: AbortSignal | undefined,
    work: (session: ClusterSession) => Promise<T>,
  ): Promise<T> {
    const [{ openCluster }, { ClusterSession: Session }] = await Promise.all([
      import('../../engine/cluster/open-cluster'),
      import('../../engine/cluster/session'),
    ]);
    const client = await openCluster({ settings, secret: secret ?? this.#keptSecret(settings) });
    try {
      return await work(new Session(client, settings, { signal }));
    } finally {
      await client.close();
    }
  }

  get #set(): StoredCluster {
    if (this.#opened?.stored) return this.#opened.stored;
    throw new AppError('INVALID_OPTIONS', 'No cluster is set for this workspace.', {
      action: 'Enter its server in Settings, Cluster, or refresh on this machine.',
    });
  }

  #keptSecret(settings: ClusterSettings): string | null {
    const { workspace, stored } = this.#required;
    const kept = stored?.secret ? decryptSecret(stored.secret, this.keys) : null;
    return secretFor(settings, kept) ?? secretFor(settings, this.#session.get(workspace) ?? null);
  }

  get #required(): OpenedCluster {
    if (this.#opened) return this.#opened;
    throw new AppError('WORKSPACE_INVALID', 'No workspace is open.', { action: 'Open one first.' });
  }

  /** Doesn't decrypt anything: that may ask the user for the password of the key store. */
  get #state(): ClusterState | null {
    if (!this.#opened?.stored) return null;
    const { workspace, stored } = this.#opened;
    const { settings, on, secret } = stored;
    const inSession = secretFor(settings, this.#session.get(workspace) ?? null) !== null;
    return { settings, on, secret: secret !== null ? 'stored' : inSession ? 'session' : 'none' };
  }

  #show(): void {
    const state = this.appState.value;
    this.appState.set({ ...state, workspace: { ...state.workspace, cluster: this.#state } });
  }
}

async function write(opened: OpenedCluster, stored: StoredCluster): Promise<void> {
  await opened.file.write(stored);
  opened.stored = stored;
}
