import { spawn } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';

import { Failure } from './failure.mjs';

const TERMINATION_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** Time that an interrupted child has to clean up. */
const PATIENCE_MS = 3_000;

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 128 + n if signal n ended the process
 * @property {string} output its stdout and stderr, in order
 * @property {string} stdout only its stdout
 */

/**
 * Runs a program without printing its output, which is returned in case it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<Outcome>}
 */
export function runQuietly(command, args, options = {}) {
  const child = spawn(command, args, { windowsHide: true, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  return ended(child, 'end').then((code) => ({ code, output, stdout }));
}

/**
 * Runs a program on our own terminal and passes signals on to it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + n if signal n ended it
 */
export function runAttached(command, args, options = {}) {
  return ended(spawn(command, args, { ...options, stdio: 'inherit' }), 'pass on');
}

/**
 * Runs npm, which is a script with another name on Windows.
 *
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function runNpm(args, options = {}) {
  // npm's own patience with an unreachable registry is more than a minute.
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const all = [...args, ...patience, '--loglevel=error'];
  const windows = process.platform === 'win32';
  return windows
    ? runQuietly(process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...all], options)
    : runQuietly('npm', all, options);
}

/**
 * The end of a program's output, where tools report errors.
 *
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 12) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}

/**
 * npm's error: its first lines, since explanations and advice follow them.
 *
 * @param {string} output
 */
export function npmComplaint(output) {
  const lines = output
    .split('\n')
    .flatMap((line) => /^npm (?:error|ERR!) (?!A complete log)(.*\S)/.exec(line)?.[1] ?? []);
  return lines.length > 0 ? lines.slice(0, 8).join('\n') : lastLines(output);
}

/**
 * Waits for a child. A signal that reaches us meanwhile goes to the child too; 'end' then ends us as well, but only
 * after the child, so that an interrupted set-up leaves no process working in its folders (npm cleans up first).
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {'pass on' | 'end'} onSignal
 * @returns {Promise<number>}
 */
function ended(child, onSignal) {
  return new Promise((resolve, reject) => {
    /** @type {NodeJS.Signals | undefined} */
    let received;
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      received = signal;
      // Ctrl+C has reached the child already, and a second one tells many programs to quit without cleaning up.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      if (onSignal === 'end') setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    };
    for (const signal of TERMINATION_SIGNALS) process.on(signal, forward);
    const done = () => TERMINATION_SIGNALS.forEach((signal) => process.off(signal, forward));
    child.once('error', (error) => {
      if (error.name === 'AbortError') return; // "close" follows and reports it
      done();
      reject(notStarted(child.spawnfile, error));
    });
    child.once('close', (code, signal) => {
      done();
      if (received && onSignal === 'end') process.exit(exitCode(null, received));
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? 128 + (signal ? os.constants.signals[signal] : 0);
}

/**
 * @param {string} command
 * @param {NodeJS.ErrnoException} error
 */
function notStarted(command, error) {
  if (error.code === 'ENOENT')
    return new Failure(`"${command}" was not found. Install it, then run the same command again.`);
  return new Failure(`"${command}" could not be started: ${error.message}`);
}
