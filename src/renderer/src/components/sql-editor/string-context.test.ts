import { describe, expect, it } from 'vitest';
import { eventFilesLast, stringContext } from './string-context';

describe('a string literal that is being written', () => {
  it.each([
    ["SELECT * FROM '", ''],
    ["SELECT * FROM 'data/ru", 'data/ru'],
    ["FROM a JOIN '", ''],
    ["SELECT * FROM read_parquet('", ''],
    ["SELECT * FROM READ_CSV ( 'a", 'a'],
    ["SELECT * FROM read_parquet(['a.parquet', 'b", 'b'],
    ["FROM 'it''s", "it's"],
  ])('%s is a file', (before, typed) => {
    expect(stringContext(before)).toEqual({ kind: 'file', typed });
  });

  it.each([
    ["WHERE event_name = '", 'event_name', ''],
    ["WHERE e.event_name='sign", 'event_name', 'sign'],
    ["WHERE event_name <> '", 'event_name', ''],
    ["WHERE event_name != '", 'event_name', ''],
    [`WHERE "Full Name" = '`, 'Full Name', ''],
    ["WHERE event_name IN ('", 'event_name', ''],
    ["WHERE event_name NOT IN ('a', 'b", 'event_name', 'b'],
  ])('%s is a value of a column', (before, column, typed) => {
    expect(stringContext(before)).toEqual({ kind: 'value', column, typed });
  });

  it.each([
    "SELECT 'sel",
    "SELECT concat('",
    "WHERE x LIKE '",
    "SELECT 'a' FROM silver",
    "-- FROM '",
    "WHERE x >= '",
    "VALUES ('a', '",
  ])('%s is neither', (before) => {
    expect(stringContext(before)).toBeNull();
  });
});

it('offers the files of a thousand days after all others', () => {
  const files = ['data/events/date=2025-01-01/a.parquet', 'data/runs.jsonl', 'exports/b.parquet', 'sales.csv'];
  expect(eventFilesLast(files.map((path) => ({ path }))).map(({ path }) => path)).toEqual([
    'data/runs.jsonl',
    'exports/b.parquet',
    'sales.csv',
    'data/events/date=2025-01-01/a.parquet',
  ]);
});
