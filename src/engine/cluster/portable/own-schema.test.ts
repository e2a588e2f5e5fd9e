import { expect, test } from 'vitest';
import { refuseOtherSchemas } from './own-schema';

const reasons = (sql: string) => refuseOtherSchemas(sql).map(({ line, reason }) => `${line}: ${reason}`);

test.each([
  'SELECT e.event_name, count(*) FROM silver_events AS e JOIN silver_purchases p ON p.date = e.date GROUP BY 1',
  "SELECT * FROM (SELECT json_extract_scalar(properties, '$.a.b.c') AS x FROM silver_events);",
  'WITH a AS (SELECT 1 AS x) SELECT a.x FROM a',
])('%s stays within the results', (sql) => {
  expect(reasons(sql)).toEqual([]);
});

test.each([
  ['SELECT * FROM hr.people', '1: it names a table of another schema'],
  ['SELECT *\nFROM secrets.hr.people', '2: it names a table of another schema'],
  ['SELECT 1 FROM a, "other"."hr"."people"', '1: it names a table of another schema'],
  ['SELECT * FROM a JOIN "x".people ON true', '1: it names a table of another schema'],
  ["SELECT * FROM TABLE(postgres.system.query(query => 'DELETE FROM x'))", '1: table functions may read and change other systems'],
  ['SELECT 1) UNION ALL SELECT * FROM (SELECT 2', '1: a parenthesis closes that was not opened'],
  ['SELECT 1; DROP TABLE x', '1: it is not one SELECT'],
])('%s is refused', (sql, reason) => {
  expect(reasons(sql)).toContain(reason);
}); // prettier-ignore
