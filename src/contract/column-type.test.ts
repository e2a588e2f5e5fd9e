import { describe, expect, it } from 'vitest';
import { kindOf } from './column-type';

describe('kindOf', () => {
  it.each([
    ['number', ['TINYINT', 'UBIGINT', 'INTEGER', 'UINTEGER', 'UHUGEINT', 'FLOAT', 'DOUBLE', 'DECIMAL(18,3)', 'BIGNUM']],
    ['time', ['DATE', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE']],
    ['nested', ['INTEGER[]', 'INTEGER[3]', 'STRUCT(a DOUBLE)', 'DECIMAL(18,3)[]', 'MAP(VARCHAR, DATE)', 'VARIANT']],
    ['other', ['VARCHAR', 'BOOLEAN', 'INTERVAL', 'TIME', 'UUID', 'BLOB']],
  ] as const)('%s', (kind, types) => {
    expect(types.map((type) => kindOf(type))).toEqual(types.map(() => kind));
  });
});
