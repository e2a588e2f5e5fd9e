import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { systemError } from './system-error';

test('a name that is too long is told in words', async () => {
  const error: unknown = await stat(`/tmp/${'x'.repeat(5_000)}`).catch((thrown: unknown) => thrown);
  expect(systemError(error, '/home/me/ws')).toMatchObject({
    code: 'WORKSPACE_INVALID',
    message: 'A name or path in /home/me/ws is too long for the system.',
  });
});
