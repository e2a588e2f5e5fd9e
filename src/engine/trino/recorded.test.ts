import { expect, test } from 'vitest';
import recorded from './testing/recorded-types.json';
import { replay } from './testing/record';
import { connect, serve } from './testing/serve';
import { typeCases, typesSql } from './testing/type-cases';

test('every type of a real Trino is read exactly', async () => {
  expect(recorded.sql).toBe(typesSql);
  const server = await serve(replay(recorded));
  const { columns, rows } = await connect(server).all(typesSql);
  expect(columns.map(({ type, typeText }) => [typeText, type])).toEqual(
    typeCases.map(([, type, text]) => [text, type]),
  );
  expect(rows).toEqual([typeCases.map(([, , , value]) => value)]);
});
