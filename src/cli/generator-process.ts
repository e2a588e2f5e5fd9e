import { toAppError } from '../contract/app-error';
import type { GeneratorReply } from '../contract/rpc/generator-messages';
import { missingModule } from './failure';

/*
 * A generator process started by the command line. Messages use Node's IPC channel.
 */

// The terminal sends an interrupt to the whole process group; the parent decides how the run ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// Without the parent the files have no use. Not `process.exit`, which would wait for the running COPY.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const post = (reply: GeneratorReply) => void process.send?.(reply);

import('../engine/generation/worker/generator-worker')
  .then(({ serveGenerator }) => serveGenerator({ post, onMessage: (listener) => void process.on('message', listener) }))
  .catch((error: unknown) => {
    post({ type: 'failed', error: (missingModule(error) ?? toAppError(error)).toReport() });
  });
