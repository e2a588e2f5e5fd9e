import { readdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { AppError, toAppError } from '../../contract/app-error';
import { systemError } from './system-error';

test('a name that is too long is told in words', async () => {
  const error: unknown = await stat(`/tmp/${'x'.repeat(5_000)}`).catch((thrown: unknown) => thrown);
  expect(systemError(error, '/home/me/ws')).toMatchObject({
    code: 'WORKSPACE_INVALID',
    message: 'A name or path in /home/me/ws is too long for the system.',
  });
});

test('a name that a terminal would execute is escaped and cut, in the message and in the cause', async () => {
  const hostile = `/tmp/date=\n\u001b[2J\u202e${'x'.repeat(200)}`;
  const missing: unknown = await readdir(hostile).catch((thrown: unknown) => thrown);
  const refused = Object.assign(new Error(`EIO: i/o error, scandir '${hostile}${'/y'.repeat(900)}'`), {
    code: 'EIO',
    path: hostile,
  });
  for (const thrown of [missing, refused]) {
    const { message, details } = systemError(thrown, hostile) ?? toAppError(thrown);
    for (const text of [message, details.cause ?? '']) {
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(text.length).toBeLessThanOrEqual(1_000);
    }
  }
  const told = systemError(refused, '/ws');
  expect(told?.message).not.toContain('\n');
  expect(told?.details.cause).toMatch(/^EIO: i\/o error, scandir '\/tmp\/date=\\n\\u\{1b\}\[2J\\u\{202e\}x+/);
});

test('an error without end is cut, and its line breaks stay', () => {
  const error = new AppError('SQL_ERROR', `one\ntwo \u001b[1m${'z'.repeat(1e7)}`, {
    action: 'a\u0007',
    cause: `c\u009b${'z'.repeat(1e7)}`,
  });
  expect(error.message).toMatch(/^one\ntwo \\u\{1b\}\[1mz+…$/);
  expect(error.details).toMatchObject({ action: 'a\\u{7}', cause: expect.stringMatching(/^c\\u\{9b\}z+…$/) });
  expect(error.message.length + (error.details.cause?.length ?? 0)).toBeLessThan(10_000);
  expect(AppError.fromReport(error.toReport()).toReport()).toEqual(error.toReport());
});
