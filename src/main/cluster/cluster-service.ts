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

/** The cluster of the open workspace: its settings, its secret, and set-up. */
export class ClusterService {
  #file: ClusterFile | null = null;
  #stored: StoredCluster | null = null;
  /** Secrets that could not be stored, by workspace, until the app quits. */
  readonly #session = new Map<string, OwnedSecret>();
  #workspace = '';

  constructor(
    private readonly appState: Observable<AppState>,
    private readonly files: UserFiles,
    private readonly keys: KeyStore,
  ) {}

  /** Reads the cluster of a workspace that is being opened; the caller shows the state. */
  async open(workspace: string): Promise<ClusterState | null> {
    const file = new ClusterFile(this.files, workspace);
    const stored = await file.read();
    this.#workspace = workspace;
    this.#file = file;
    this.#stored = stored;
    return this.#state;
  }

  /** Saves settings; without a new secret, the one that is kept stays if it belongs to the same account. */
  async save({ settings, secret }: ClusterDraft): Promise<void> {
    const wanted = secret ?? this.#keptSecret(settings);
    const owned = wanted === null || settings.signIn === 'none' ? null : ownedBy(settings, wanted);
    const encrypted = owned && encryptSecret(owned, this.keys);
    await this.#write({ settings, on: this.#stored?.on ?? 'cluster', secret: encrypted });
    if (owned && encrypted === null) this.#session.set(this.#workspace, owned);
    else this.#session.delete(this.#workspace);
    this.#show();
  }

  /** Forgets settings and secret. */
  async forget(): Promise<void> {
    await this.#file?.remove();
    this.#session.delete(this.#workspace);
    this.#stored = null;
    this.#show();
  }

  /** Remembers where a refresh computes. @throws AppError INVALID_OPTIONS if no cluster is set */
  async choose(on: RefreshRequest['on']): Promise<void> {
    await this.#write({ ...this.#set, on });
    this.#show();
  }

  /**
   * The cluster of the open workspace with its secret, for a process that works on it.
   * @throws AppError INVALID_OPTIONS if no cluster is set
   */
  access(): ClusterAccess {
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
    if (this.#stored) return this.#stored;
    throw new AppError('INVALID_OPTIONS', 'No cluster is set for this workspace.', {
      action: 'Enter its server in Settings, Cluster, or refresh on this machine.',
    });
  }

  #keptSecret(settings: ClusterSettings): string | null {
    const encrypted = this.#stored?.secret ?? null;
    const stored = encrypted === null ? null : decryptSecret(encrypted, this.keys);
    return secretFor(settings, stored) ?? secretFor(settings, this.#session.get(this.#workspace) ?? null);
  }

  async #write(stored: StoredCluster): Promise<void> {
    if (!this.#file) throw new AppError('WORKSPACE_INVALID', 'No workspace is open.', { action: 'Open one first.' });
    await this.#file.write(stored);
    this.#stored = stored;
  }

  /** Doesn't decrypt anything: that may ask the user for the password of the key store. */
  get #state(): ClusterState | null {
    if (!this.#stored) return null;
    const { settings, on, secret } = this.#stored;
    const inSession = secretFor(settings, this.#session.get(this.#workspace) ?? null) !== null;
    return { settings, on, secret: secret !== null ? 'stored' : inSession ? 'session' : 'none' };
  }

  #show(): void {
    const state = this.appState.value;
    this.appState.set({ ...state, workspace: { ...state.workspace, cluster: this.#state } });
  }
}
