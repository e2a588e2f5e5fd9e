import { toAppError } from '../contract/app-error';
import type { GeneratorReply } from '../contract/rpc/generator-messages';
import { missingModule } from './failure';

/* A generator as a child process of the command line: messages come and go over Node's own channel. */

// An interrupt at the terminal goes to the whole group of processes. What becomes of the run is up to the parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// Without a parent nobody wants the files. Not `process.exit`: that would wait for the COPY under way.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const post = (reply: GeneratorReply) => void process.send?.(reply);

import('../engine/generation/worker/generator-worker')
  .then(({ serveGenerator }) => serveGenerator({ post, onMessage: (listener) => void process.on('message', listener) }))
  .catch((error: unknown) => {
    post({ type: 'failed', error: (missingModule(error) ?? toAppError(error)).toReport() });
  });
