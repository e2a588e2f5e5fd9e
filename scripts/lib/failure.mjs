import process from 'node:process';

/** An expected failure: its message says what happened and what to do, so no stack trace is shown. */
export class Failure extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'Failure';
  }
}

/**
 * Prints progress for the user. Always on stderr: the stdout of a command may be JSON for another program.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs the body of a script and turns any failure into one message and exit code 1.
 *
 * @param {() => Promise<number | void>} body its result, when there is one, becomes the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode;
  } catch (error) {
    say(explain(error));
    process.exitCode = 1;
  }
}

/**
 * @param {unknown} error
 * @returns {unknown} the system's code for it, such as "ENOENT", when it has one
 */
export function errorCode(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Failure) return `\n${error.message}`;
  if (!(error instanceof Error)) return `\n${String(error)}`;
  const code = errorCode(error);
  if (code === 'ENOSPC') return '\nThe disk is full. Free some space, then run the same command again.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `\n${error.message}\nThe project's folder must be writable for you: check its owner, then run the same command again.`;
  }
  // Unexpected, so a defect of ours: the stack trace helps.
  return `\nUnexpected error in the project's scripts, please report it:\n${error.stack}`;
}
