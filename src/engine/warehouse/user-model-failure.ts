import { AppError } from '../../contract/app-error';
import { sqlError } from '../console/sql-error';
import type { ModelFile } from './model-file';

/** A model of the user's that failed in a way that took the whole transaction with it: to be tried without. */
export class UserModelFailure extends Error {
  constructor(
    readonly model: string,
    readonly problem: AppError,
  ) {
    super(problem.message);
  }
}

/** What DuckDB said of a model of the user's, with the line of its file where that is known. */
export function userModelError(model: ModelFile, error: unknown, folder: string): AppError {
  const known = sqlError(error, model.sql, folder);
  const cause = known instanceof Error ? known.message : String(known);
  const position = known instanceof AppError ? known.details.position : undefined;
  const place = position ? `, line ${position.line}` : '';
  return new AppError('MODEL_INVALID', `Your model ${model.file}${place} failed: ${cause}`, {
    action: 'Correct the file and refresh again. The other models are not affected.',
    ...(position ? { position } : {}),
  });
}
