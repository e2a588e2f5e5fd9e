import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { refusedAsWrite } from '../sql/sql-error';
import { withStatement } from '../statements/statement';
import type { Workspace } from '../workspace';
import type { BuiltModel } from '../records/built-tables';
import type { ModelFile } from '../models/model-file';
import { selectOf } from '../models/models';
import { userModelError } from '../models/user-model-failure';

/** The state of the models before anything is built. */
interface Known {
  /** In the order of their dependencies. */
  readonly models: readonly ModelFile[];
  /** Fingerprints of the current model files. */
  readonly current: ReadonlyMap<string, string>;
  readonly built: ReadonlyMap<string, BuiltModel>;
}

/**
 * The user models that failed at the last refresh and that DuckDB still can't bind, with their errors. Checking takes
 * milliseconds and reads no rows; trying to build one would make a refresh read all files for nothing.
 * @param forced models to build from scratch; models that depend on them may become valid
 */
export async function stillBroken(
  { models, built }: Known,
  forced: ReadonlySet<string>,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<Map<string, AppError>> {
  const broken = new Map<string, AppError>();
  for (const model of models) {
    const failedBefore = model.origin === 'user' && (built.get(model.name)?.problem ?? null) !== null;
    if (!failedBefore || model.dependsOn.some((name) => forced.has(name) && !broken.has(name))) continue;
    try {
      await withStatement(selectOf(model, workspace), connection, refusedAsWrite, async () => undefined);
    } catch (error) {
      broken.set(model.name, userModelError(model, error, workspace.folder));
    }
  }
  return broken;
}

/**
 * The user models that crashed the process at an earlier refresh and haven't changed since, with their errors. Not even
 * preparing them is safe.
 */
export function stillDangerous({ models, current, built }: Known): Map<string, AppError> {
  return new Map(
    models.flatMap(({ name, origin }) => {
      const { problem = null, fingerprint } = built.get(name) ?? {};
      const unchanged = fingerprint === current.get(name);
      return origin === 'user' && problem?.code === 'WORKER_CRASHED' && unchanged
        ? [[name, AppError.fromReport(problem)] as const]
        : [];
    }),
  );
}
