import { AppError } from '../../contract/app-error';
import { sqlError } from '../sql/sql-error';
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
    action: 'Fix the file and refresh again. The other models are not affected.',
    ...(position ? { position } : {}),
  });
}

/**
 * The user's models among the steps of a refresh that ended the process, with why they are left out.
 * @param crashedSteps how the process ended, by step
 * @throws AppError WORKER_CRASHED where a step is no model of the user's: the refresh can't do without it
 */
export function crashedModels(
  crashedSteps: Readonly<Record<string, string>>,
  models: readonly ModelFile[],
): Map<string, AppError> {
  return new Map(
    Object.entries(crashedSteps).map(([step, cause]) => {
      const model = models.find(({ name }) => name === step);
      if (model?.origin !== 'user') throw crashedStep(step, cause);
      return [step, crashedModel(model, cause)];
    }),
  );
}

function crashedModel({ file }: ModelFile, cause: string): AppError {
  return new AppError('WORKER_CRASHED', `Your model ${file} stopped DuckDB and was left out: ${cause}`, {
    action:
      'Change its SQL and refresh again. Until then only a full refresh tries it again. ' +
      'The other models are not affected.',
  });
}

function crashedStep(step: string, cause: string): AppError {
  return new AppError('WORKER_CRASHED', `The refresh stopped at the step ${step}: ${cause}`, {
    action: 'Refresh again. The warehouse is unchanged. If it keeps happening, please report it.',
  });
}
