import { z } from 'zod';
import { clusterSettingsSchema } from '../../contract/cluster';
import { refreshEngines } from '../../contract/warehouse';
import type { UserFiles } from './user-files';

const storedClusterSchema = z.object({
  settings: clusterSettingsSchema,
  on: z.enum(refreshEngines).catch('local'),
  /** Encrypted, as base64; null if none is on disk. */
  secret: z.string().nullable().catch(null),
});

export type StoredCluster = z.output<typeof storedClusterSchema>;

/**
 * The cluster of one workspace, in the app's user-data folder. Not in the workspace: one from somebody else must not
 * point the app to a server.
 */
export class ClusterFile {
  readonly #file: string;

  constructor(
    private readonly files: UserFiles,
    workspace: string,
  ) {
    this.#file = files.ofWorkspace(workspace, 'cluster.json');
  }

  /** Null for none. A file with other content is set aside. */
  async read(): Promise<StoredCluster | null> {
    const inFile = await this.files.readJson(this.#file);
    if (inFile === undefined) return null;
    const { data } = storedClusterSchema.safeParse(inFile);
    if (!data) await this.files.setAside(this.#file, "it doesn't contain the settings of a cluster");
    return data ?? null;
  }

  /** @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, ...; the file is as it was then */
  async write(stored: StoredCluster): Promise<void> {
    await this.files.replace(this.#file, JSON.stringify(stored, null, 2), { onDisk: true });
  }

  async remove(): Promise<void> {
    await this.files.remove(this.#file);
  }
}
