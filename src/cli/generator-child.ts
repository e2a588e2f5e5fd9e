import { fork } from 'node:child_process';
import { generatorEnvironment, type GeneratorWorkerHandle } from '../engine/generation/run/worker-handle';

/** How much of a process's last words is kept. */
const maxLastWords = 4_000;

/** Starts a generator as a child process. @param entry the script that runs `serveGenerator` */
export function forkGenerator(entry: string): GeneratorWorkerHandle {
  const child = fork(entry, [], {
    env: { ...process.env, ...generatorEnvironment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderrTail = '';
  child.stderr?.on('data', (text: Buffer) => (stderrTail = (stderrTail + text.toString()).slice(-maxLastWords)));
  return {
    // A process that is gone can't be written to; that it is gone is told by `onExit`.
    post: (request) => void child.send(request, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('error', (error) => listener({ reason: error.message, stderrTail }));
      // Not `exit`: before `close` the last words may still be on their way.
      child.once('close', (code, signal) =>
        listener({ reason: signal ? `signal ${signal}` : `exit code ${code}`, stderrTail }),
      );
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
