import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../lib/failure.mjs';
import { freePorts } from './ports.mjs';

const startMs = 60_000;

/** The bucket of the catalogs in `config/catalog-s3`. */
const bucket = 'micro';

/**
 * The Python that has moto, a server that stands in for S3: `pip install 'moto[server]'`.
 *
 * @returns {string | undefined}
 */
export function findMoto() {
  return ['python3', 'python'].find(
    (python) => spawnSync(python, ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * Starts moto on 127.0.0.1, with an empty bucket.
 *
 * @param {string} python
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startMoto(python) {
  const [port = 0] = await freePorts(1);
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const stop = () => void child.kill();
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < startMs && child.exitCode === null; waited += 200) {
    const made = await fetch(`${url}/${bucket}`, { method: 'PUT' }).catch(() => null);
    if (made?.ok) return { url, stop };
    await sleep(200);
  }
  stop();
  throw new Failure("moto is installed, but doesn't start.");
}
