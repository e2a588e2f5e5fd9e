import { serveGenerator } from '../../engine/generation/worker/generator-worker';

serveGenerator({
  post: (reply) => process.parentPort.postMessage(reply),
  onMessage: (handle) => process.parentPort.on('message', ({ data }) => handle(data)),
});
