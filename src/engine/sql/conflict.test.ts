import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { toAppError } from '../../contract/app-error';
import { sqlError } from './sql-error';

/** The error of `second`, or of the commit of `first`, if both change the table at the same time. */
async function errorOf(first: string, second: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(':memory:');
  const [one, other] = [await instance.connect(), await instance.connect()];
  try {
    await one.run('CREATE TABLE notes AS SELECT range AS i FROM range(10)');
    await one.run('BEGIN');
    await one.run(first);
    await other.run(second);
    await one.run('COMMIT');
    return null;
  } catch (error) {
    return sqlError(error, second, '/workspace');
  } finally {
    one.closeSync();
    other.closeSync();
    instance.closeSync();
  }
}

describe('two statements that change the same table at once', () => {
  test.each([
    ['ALTER TABLE notes ADD COLUMN x INT', 'ALTER TABLE notes ADD COLUMN y INT', '“notes”'],
    ['ALTER TABLE notes ADD COLUMN x INT', 'INSERT INTO notes(i) VALUES (1)', '“notes”'],
    ['UPDATE notes SET i = 1', 'UPDATE notes SET i = 2', 'the same rows'],
    ['DELETE FROM notes', 'DELETE FROM notes', 'the same rows'],
    ['DROP TABLE notes', 'DROP TABLE notes', '“notes”'],
    ['CREATE TABLE more (i INT)', 'CREATE TABLE more (i INT)', '“more”'],
    ['UPDATE notes SET i = 1', 'DROP TABLE notes', '“notes”'],
    ['CREATE OR REPLACE TABLE notes AS SELECT 1 AS i', 'CREATE OR REPLACE TABLE notes AS SELECT 2 AS i', '“notes”'],
  ])('%s, %s', async (first, second, what) => {
    const error = toAppError(await errorOf(first, second)).toReport();
    expect(error).toMatchObject({
      code: 'SQL_ERROR',
      message: `Another tab or a refresh changed ${what} at the same time.`,
      action: 'Nothing of this statement was kept. Run it again once the other one has finished.',
    });
    expect(error.cause).not.toContain(String.raw`\0`);
  });
});
