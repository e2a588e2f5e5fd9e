import type { AppError } from '../../contract/app-error';
import { damagedError, findDamaged } from '../events/damaged-files';
import { FarEvents } from './far-events';
import { LossyFiles } from './lossy-types';
import { findSchemaMismatches, schemaMismatchError, type SchemaMismatch } from './schema-mismatch';
import { bronzeOf } from '../models/models';
import type { RefreshInput, RefreshTask } from './input';

/** Files that made a refresh fail, by path from the workspace, and the error for them. */
export interface OddFiles {
  readonly files: readonly string[];
  readonly describe: () => AppError | Promise<AppError>;
}

/** The files without which a refresh that failed with `error` may succeed; none if files aren't the cause. */
export async function findOddFiles(
  error: unknown,
  { modelSet, workspace, connection, countRows }: RefreshTask,
  input: RefreshInput,
): Promise<OddFiles> {
  if (error instanceof FarEvents) {
    return { files: error.files.map(({ path }) => path), describe: () => error.toAppError() };
  }
  if (error instanceof LossyFiles) return mismatchedFiles(error.mismatches, error);
  const suspects = input.full ? input.files : input.newFiles.filter((file) => !input.leftOut.has(file.path));
  const rows = await countRows(suspects);
  const unreadableFooters = suspects.flatMap((file) => (rows.get(file.path) === null ? file.path : []));
  const damagedFiles = (files: readonly string[]) => ({ files, describe: () => damagedError(files, workspace, error) });
  if (unreadableFooters.length > 0) return damagedFiles(unreadableFooters);
  const mismatches = await findSchemaMismatches(error, input.files, bronzeOf(modelSet), workspace, connection);
  if (mismatches.length > 0) return mismatchedFiles(mismatches, error);
  return damagedFiles(await findDamaged(error, suspects, workspace, connection));
}

function mismatchedFiles(mismatches: readonly SchemaMismatch[], cause: unknown): OddFiles {
  return { files: mismatches.map(({ path }) => path), describe: () => schemaMismatchError(mismatches, cause) };
}
