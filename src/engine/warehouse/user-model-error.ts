import { AppError } from '../../contract/app-error';
import { sqlError } from '../console/sql-error';
import type { ModelFile } from './model-file';

/** Why a model of the user's own could not be built, with the place in its file where DuckDB names one. */
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
