import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { refusedAsWrite } from '../sql/sql-error';
import { withStatement } from '../statements/statement';
import type { Workspace } from '../workspace';
import type { BuiltModel } from '../records/built-tables';
import type { ModelFile } from '../models/model-file';
import { selectOf } from '../models/models';
import { failsOnRows, userModelError } from '../models/user-model-failure';

/** The state of the models before anything is built. */
interface Known {
  /** In the order of their dependencies. */
  readonly models: readonly ModelFile[];
  /** Fingerprints of the current model files. */
  readonly current: ReadonlyMap<string, string>;
  readonly built: ReadonlyMap<string, BuiltModel>;
}

/**
 * The user models that failed at the last refresh and would fail again, with their errors: those that DuckDB still can't
 * bind, and those that failed while they computed rows and haven't changed since. Checking takes milliseconds and reads
 * no rows; trying to build one would make every refresh read all files.
 * @param forced models to build from scratch; models that depend on them may become valid
 */
export async function stillBroken(
  { models, current, built }: Known,
  forced: ReadonlySet<string>,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<Map<string, AppError>> {
  const broken = new Map<string, AppError>();
  for (const model of models) {
    const { problem = null, fingerprint } = built.get(model.name) ?? {};
    if (
      model.origin !== 'user' ||
      problem === null ||
      model.dependsOn.some((name) => forced.has(name) && !broken.has(name))
    )
      continue;
    try {
      await withStatement(selectOf(model, workspace), connection, refusedAsWrite, async () => undefined);
      const unchanged = fingerprint === current.get(model.name);
      if (unchanged && failsOnRows(problem)) broken.set(model.name, AppError.fromReport(problem));
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
