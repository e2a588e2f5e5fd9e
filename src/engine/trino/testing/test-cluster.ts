import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TrinoConnection } from '../connection';

/** The run folder of the cluster that `npm run test:cluster` starts. */
const folder = process.env['MICRO_WAREHOUSE_TEST_CLUSTER'] ?? '';

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

/** The server of the cluster under test, without a sign-in. */
export function testServer(): Pick<TrinoConnection, 'server' | 'user' | 'ca'> {
  const { server } = z.object({ server: z.string() }).parse(JSON.parse(read('cluster.json')));
  return { server, user: 'micro', ca: read('https.crt') };
}

/** A connection of the user with all rights. */
export function testConnection(): TrinoConnection {
  return { ...testServer(), password: 'secret' };
}

/** A token that the cluster accepts until `seconds` from now. */
export function testToken(seconds: number, user = 'micro'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: user, iat: now - 60, exp: now + seconds })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(read('jwt.key'), 'base64url')}`;
}
