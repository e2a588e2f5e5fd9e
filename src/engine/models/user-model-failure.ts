import { AppError } from '../../contract/app-error';
import { sqlError } from '../sql/sql-error';
import type { ModelFile } from './model-file';

/** A user model failed and aborted the whole transaction: the refresh is tried again without it. */
export class UserModelFailure extends Error {
  constructor(
    readonly model: string,
    readonly problem: AppError,
  ) {
    super(problem.message);
  }
}

/** DuckDB's error in a user model, with the line of its file if known. */
export function userModelError(model: ModelFile, error: unknown, folder: string): AppError {
  const known = sqlError(error, model.sql, folder);
  const cause = known instanceof Error ? known.message : String(known);
  const position = known instanceof AppError ? known.details.position : undefined;
  const place = position ? `, line ${position.line}` : '';
  const message = `Your model ${model.file}${place} failed: ${cause}`;
  return new AppError('MODEL_INVALID', message, {
    action: failsOnRows({ message })
      ? 'Change its SQL and refresh again. Until then only a full refresh tries it again. The other models are not affected.'
      : 'Fix the file and refresh again. The other models are not affected.',
    ...(position ? { position } : {}),
  });
}

/** Errors before any row is read. They may go away without a change of the SQL, for instance with a missing table. */
const bindingError = /failed: (?:Binder|Catalog|Parser|Syntax|IO) Error/;

/**
 * Whether a user model failed while it computed rows, so that only trying again, with all that it reads, would tell
 * whether it still fails.
 */
export function failsOnRows({ message }: { readonly message: string }): boolean {
  return !bindingError.test(message);
}

/**
 * The user models among the steps of a refresh that crashed the process, with the reason why they are left out.
 * @param crashedSteps how the process ended, by step
 * @throws AppError WORKER_CRASHED if a step isn't a user model, so the refresh can't go on without it
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
