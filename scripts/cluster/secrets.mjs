import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Failure } from '../lib/failure.mjs';
import { runQuietly } from '../lib/processes.mjs';

/** The users of the cluster and their password: all rights, reading only, and none. */
export const users = ['micro', 'reader', 'nobody'];
export const password = 'secret';

/** Rights by user, as Trino's file-based access control reads them. */
const rules = {
  catalogs: [
    { user: 'micro', allow: 'all' },
    { user: 'reader', allow: 'read-only' },
    { catalog: 'system', allow: 'read-only' },
    { allow: 'none' },
  ],
  procedures: [{ user: 'micro', privileges: ['EXECUTE', 'GRANT_EXECUTE'] }],
};

/**
 * Makes the certificate for 127.0.0.1, the passwords, the key that signs tokens, and the rights, in `folder`.
 *
 * @param {string} folder
 */
export async function makeSecrets(folder) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  await openssl([
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', at('https.key'), '-out', at('https.crt'),
  ]); // prettier-ignore
  const key = await openssl(['pkey', '-in', at('https.key')]);
  const certificate = await openssl(['x509', '-in', at('https.crt')]);
  await writeFile(at('https.pem'), key + certificate);
  await openssl(['genrsa', '-out', at('jwt.key'), '2048']);
  await openssl(['rsa', '-in', at('jwt.key'), '-pubout', '-out', at('jwt.pub')]);
  const lines = users.map((user) => {
    const salt = randomBytes(16);
    const iterations = 100_000;
    const hash = pbkdf2Sync(password, salt, iterations, 32, 'sha1');
    return `${user}:${iterations}:${salt.toString('hex')}:${hash.toString('hex')}\n`;
  });
  await writeFile(at('password.db'), lines.join(''));
  await writeFile(at('rules.json'), JSON.stringify(rules));
}

/** @param {string[]} args */
async function openssl(args) {
  const { code, output, stdout } = await runQuietly('openssl', args);
  if (code !== 0) throw new Failure(`openssl failed (exit code ${code}):\n${output}`);
  return stdout;
}
