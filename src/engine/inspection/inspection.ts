import { silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { ModelColumnProfile } from '../../contract/result-work';
import type { Trace, TraceSubject } from '../../contract/trace';
import type { Model } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { loadChecks } from '../models/check-file';
import type { Database } from '../database/database';
import { profileModelColumn, type ProfileOptions } from './profile';
import { loadAllModels } from '../models/models';
import { readInterruptibly, type InspectionOptions } from './read-interruptibly';
import { trace } from './trace';

/** Answers questions about rows of models: the profile of a column, and the trace of a user or team. */
export class ModelInspection {
  constructor(
    private readonly workspace: Workspace,
    private readonly database: Database,
    private readonly modelsFolder: string,
    private readonly readModels: () => Promise<Model[]>,
  ) {}

  /** @throws AppError INVALID_OPTIONS for a model or column that isn't in the warehouse, CANCELLED */
  async profile(
    name: string,
    column: string,
    { signal, ...options }: ProfileOptions & InspectionOptions,
  ): Promise<ModelColumnProfile> {
    const model = (await this.readModels()).find((candidate) => candidate.name === name);
    if (!model?.built?.columns.some((candidate) => candidate.name === column)) {
      throw new AppError('INVALID_OPTIONS', `The column ${name}.${column} doesn't exist in the warehouse.`, {
        action: 'Refresh to build the models, then try again.',
      });
    }
    return this.#read((connection) => profileModelColumn(model, column, connection, options), signal);
  }

  /** @throws AppError INVALID_OPTIONS before the first refresh, CANCELLED */
  async trace(subject: TraceSubject, { signal }: InspectionOptions = {}): Promise<Trace> {
    const standing = await this.readModels();
    if (standing.some(({ name, onCluster }) => name === silver && onCluster !== null)) {
      throw new AppError('INVALID_OPTIONS', "The events are on the cluster, so they can't be traced here.", {
        action: 'Query them on the cluster.',
      });
    }
    if (!standing.some(({ name, built }) => name === silver && built !== null)) {
      throw new AppError('INVALID_OPTIONS', 'Nothing to trace yet: no models have been built.', {
        action: 'Refresh to build them, then try again.',
      });
    }
    const { models } = await loadAllModels(this.modelsFolder, this.workspace);
    const checks = await loadChecks(this.modelsFolder);
    const task = { models, standing, checks, workspace: this.workspace };
    return this.#read((connection) => trace({ ...task, connection }, subject), signal);
  }

  #read<T>(work: (connection: DuckDBConnection) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return readInterruptibly(this.database, signal, work);
  }
}
