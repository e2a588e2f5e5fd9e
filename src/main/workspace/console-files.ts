import { QueryFiles } from '../../engine/console/query-files';
import { ConsoleStore } from '../user-data/console-store';
import type { UserFiles } from '../user-data/user-files';
import type { WorkspaceService } from './workspace-service';

/** The console's files for the open workspace. */
export class ConsoleFiles {
  readonly #stores = new Map<string, ConsoleStore>();

  constructor(
    private readonly userFiles: UserFiles,
    private readonly workspaces: WorkspaceService,
  ) {}

  /** One per workspace, kept until the app quits: it orders its writes. */
  get store(): ConsoleStore {
    const { folder } = this.workspaces.current;
    const store = this.#stores.get(folder) ?? new ConsoleStore(this.userFiles, folder);
    this.#stores.set(folder, store);
    return store;
  }

  /** Resolves once every store has written its pending data. */
  async settled(): Promise<void> {
    await Promise.all([...this.#stores.values()].map((store) => store.settled()));
  }

  get queries(): QueryFiles {
    return new QueryFiles(this.workspaces.current);
  }
}
