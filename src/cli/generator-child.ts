import { fork } from 'node:child_process';
import { generatorEnvironment, type WorkerHandle } from '../engine/generation/run/worker-handle';

/** Characters of a process's stderr that are kept. */
const maxLastWords = 4_000;

/** Starts a generator as a child process. @param entry the script that runs `serveGenerator` */
export function forkGenerator(entry: string): WorkerHandle {
  const child = fork(entry, [], {
    env: { ...process.env, ...generatorEnvironment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderrTail = '';
  child.stderr?.on('data', (text: Buffer) => (stderrTail = (stderrTail + text.toString()).slice(-maxLastWords)));
  return {
    // Writing to a process that has ended fails; `onExit` reports that it ended.
    post: (request) => void child.send(request, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('error', (error) => listener({ reason: error.message, stderrTail }));
      // Not `exit`: stderr may not have been read completely before `close`.
      child.once('close', (code, signal) =>
        listener({ reason: signal ? `signal ${signal}` : `exit code ${code}`, stderrTail }),
      );
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
