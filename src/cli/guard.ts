import { fork, type ChildProcess } from 'node:child_process';
import type { ErrorReport } from '../contract/app-error';
import { crashedStepsVariable, readGuardMessage } from './output/guard-messages';
import { exitCodeOf, interrupts, sameInterruptMs } from './interrupt';
import { note, printJson } from './output/output';

const guarded = new Set(['query', 'refresh', 'pipeline', 'break']);

/** Time that a command has to stop. A native call of DuckDB can block the message that asks it to. */
const stopMs = 2_000;

export function isGuardedCommand([command = '']: readonly string[]): boolean {
  return guarded.has(command);
}

/** Runs a command in a separate process, exits with its exit code, and reports crashes. */
export function runGuarded(entry: string, args: readonly string[]): void {
  new Guard(entry, args).start({});
}

class Guard {
  #child: ChildProcess | null = null;
  #step: string | null = null;
  #cause: string | null = null;
  #printed = false;
  #patient = false;
  #interrupt: { readonly signal: NodeJS.Signals; readonly at: number } | null = null;

  constructor(
    private readonly entry: string,
    private readonly args: readonly string[],
  ) {
    for (const signal of interrupts) process.on(signal, () => this.#stop(signal));
  }

  /** @param crashedSteps steps of the same refresh that crashed earlier processes, with how each process ended */
  start(crashedSteps: Readonly<Record<string, string>>): void {
    this.#step = null;
    this.#cause = null;
    const child = fork(this.entry, [...this.args], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [crashedStepsVariable]: JSON.stringify(crashedSteps) },
    });
    this.#child = child;
    child.on('message', (message: unknown) => this.#hear(message));
    child.once('error', (error) => void this.#fail(error.message));
    child.once('exit', (code, signal) => this.#ended(code, signal, crashedSteps));
  }

  #hear(data: unknown): void {
    const message = readGuardMessage(data);
    if (message?.type === 'output') this.#printed = true;
    if (message?.type === 'patience') this.#patient = message.wanted;
    if (message?.type === 'step') this.#step = message.name;
    if (message?.type === 'duckdb-failed') this.#cause = message.cause;
  }

  /** The first interrupt asks the command to stop; a second one, or a timeout, kills its process. */
  #stop(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (this.#interrupt) {
      // One key press can arrive twice.
      if (now - this.#interrupt.at > sameInterruptMs) this.#child?.kill('SIGKILL');
      return;
    }
    this.#interrupt = { signal, at: now };
    // On Windows `kill` would end the process at once, and the console interrupts it directly.
    if (process.platform !== 'win32') this.#child?.kill(signal);
    setTimeout(() => {
      if (!this.#patient) this.#child?.kill('SIGKILL');
    }, stopMs).unref();
  }

  #ended(code: number | null, signal: NodeJS.Signals | null, crashedSteps: Readonly<Record<string, string>>): void {
    const crash = crashOf(code, signal);
    if (this.#interrupt && code !== 0) {
      if (signal === 'SIGKILL') note("micro-warehouse: The command didn't stop in time, so its process was ended.");
      process.exitCode = exitCodeOf(this.#interrupt.signal);
      process.exit();
    }
    if (crash === null) process.exit(code ?? 1);
    const cause = this.#cause ?? `DuckDB crashed (${crash}).`;
    const step = this.#step;
    // Tries again without the step that crashed. If it isn't a user model, the refresh reports the step.
    if (this.args[0] === 'refresh' && step !== null && !(step in crashedSteps)) {
      this.start({ ...crashedSteps, [step]: cause });
    } else void this.#fail(cause);
  }

  async #fail(cause: string): Promise<void> {
    const report = this.#report(cause);
    note(`micro-warehouse: ${report.message}`, report.action);
    if (this.args.includes('--json') && !this.#printed) await printJson({ error: report });
    process.exit(1);
  }

  #report(cause: string): ErrorReport {
    const [command = '', ...options] = this.args;
    if (command === 'query') {
      return {
        code: 'WORKER_CRASHED',
        message: `${cause} Statement: ${shorten(statementOf(options))}`,
        action: 'Nothing was changed. Your SQL may be correct: try writing the statement another way.',
      };
    }
    const during = this.#step === null ? '' : ` The refresh was at the step ${this.#step}.`;
    return {
      code: 'WORKER_CRASHED',
      message: `${cause}${during}`,
      action: 'The warehouse is unchanged. Run the refresh again: micro-warehouse refresh.',
    };
  }
}

/** How a process crashed; null if it exited by itself. */
function crashOf(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (signal) return signal === 'SIGKILL' ? 'SIGKILL; the machine may have run out of memory' : signal;
  // Windows: an unhandled exception, such as 0xC00000FD for a stack overflow.
  return code !== null && code >>> 0 >= 0xc0000000 ? `exit code 0x${(code >>> 0).toString(16).toUpperCase()}` : null;
}

/** The arguments that are neither options nor the folder of `--workspace`. */
function statementOf(options: readonly string[]): string {
  const isValue = (index: number) => /^(?:-w|--workspace)$/.test(options[index - 1] ?? '');
  return options.find((text, index) => !text.startsWith('-') && !isValue(index)) ?? '';
}

function shorten(sql: string): string {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
