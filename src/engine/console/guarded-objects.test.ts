import { expect, test } from 'vitest';
import { openConsole } from '../testing/open-console';
import { modelsFolder } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

const allowed = { allowChanges: true };

test('a change that would make the records of refreshes unusable is refused', async () => {
  const { console, warehouse, workspace } = await openConsole();
  await console.run('tab', 'CREATE SEQUENCE ids', allowed);
  for (const sql of [
    'CREATE UNIQUE INDEX u ON refresh_log (status)',
    'CREATE UNIQUE INDEX u ON check_days (check_name)',
    'CREATE OR REPLACE TABLE refresh_changes (refresh_id BIGINT CHECK (refresh_id < 0))',
    'CREATE OR REPLACE TABLE refresh_days AS PIVOT (SELECT 1 AS a, 2 AS b) ON a USING sum(b)',
    `ALTER TABLE "Refresh_Days" ADD COLUMN mine BIGINT DEFAULT nextval('ids')`,
    'ALTER TABLE refresh_days ADD COLUMN mine INTEGER',
    'ALTER TABLE refresh_log ALTER steps SET NOT NULL',
    'ALTER TABLE refresh_log ALTER files TYPE VARCHAR',
    'ALTER TABLE refresh_models RENAME TO mine',
    'DROP TABLE refresh_manifest',
  ]) {
    await expect(console.run('tab', sql, allowed), sql).rejects.toMatchObject({ code: 'SQL_READ_ONLY' });
  }
  await warehouse.close();
  const again = await Warehouse.open(workspace, modelsFolder);
  expect(await again.refresh()).toMatchObject({ status: 'succeeded', refreshId: 2 });
  await again.close();
});

test.each([
  'CREATE SECRET s (TYPE s3)',
  `create or replace temporary secret if not exists s (TYPE http, BEARER_TOKEN 'x')`,
  'CREATE PERSISTENT SECRET s (TYPE http)',
  'DROP SECRET s',
])('secrets are refused: %s', async (sql) => {
  const { console } = await openConsole();
  await expect(console.run('tab', sql, allowed)).rejects.toMatchObject({ code: 'SQL_READ_ONLY' });
});

test('other tables, ordinary indexes and further columns of the log are allowed', async () => {
  const { console } = await openConsole();
  for (const sql of [
    'CREATE TABLE secret (a INT UNIQUE CHECK (a > 0))',
    'ALTER TABLE secret ADD COLUMN b INT',
    'CREATE UNIQUE INDEX u ON secret (b)',
    'CREATE INDEX own ON refresh_manifest (path)',
    'ALTER TABLE refresh_log ADD COLUMN remark VARCHAR',
    'CREATE TABLE days AS PIVOT refresh_log ON status USING count(*)',
    'DROP TABLE secret',
  ]) {
    await console.run('tab', sql, allowed);
  }
});
