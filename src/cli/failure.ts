import { CommanderError } from 'commander';
import { AppError, toAppError } from '../contract/app-error';
import { interruptedExitCode } from './interrupt';
import { note, printJson } from './output/output';

/** Prints an error with its action and sets the exit code: that of the signal after an interrupt, otherwise 1. */
export async function reportFailure(error: unknown, json: boolean): Promise<void> {
  if (error instanceof CommanderError) return reportCommandLine(error, json);
  const reason = missingModule(error) ?? toAppError(error);
  process.exitCode = reason.code === 'CANCELLED' ? interruptedExitCode() : 1;
  const { action, cause, position } = reason.details;
  const where = position ? ` (line ${position.line}, column ${position.column})` : '';
  note(`micro-warehouse: ${reason.message}${where}`, action);
  // The cause often repeats the message in other words, so it is printed only for vague messages.
  if (cause && ['INTERNAL', 'WORKER_CRASHED'].includes(reason.code)) note(cause);
  if (json) await printJson({ error: reason.toReport() });
}

/** Help and version also end with a CommanderError. Commander has printed its errors to stderr already. */
async function reportCommandLine({ exitCode, code, message }: CommanderError, json: boolean): Promise<void> {
  process.exitCode = exitCode;
  if (exitCode === 0 || !json) return;
  const problem = code === 'commander.help' ? 'No command given.' : message.replace(/^error: /, '');
  const error = new AppError('INVALID_OPTIONS', problem, { action: 'See --help for all options.' });
  await printJson({ error: error.toReport() });
}

/** DuckDB's native module is missing if the installation was interrupted or copied from another platform. */
export function missingModule(error: unknown): AppError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_DLOPEN_FAILED') return null;
  return new AppError('INTERNAL', 'Part of Micro Warehouse is missing or was built for another platform.', {
    action: 'Reinstall it with npm ci.',
    cause: error.message.split('\n')[0] ?? '',
  });
}
