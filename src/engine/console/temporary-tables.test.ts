import { describe, expect, test } from 'vitest';
import { openConsole } from '../testing/open-console';

const changing = { allowChanges: true } as const;

describe('temporary tables', () => {
  test('are listed for their session only, follow its statements, and leave out tables of results', async () => {
    const { console } = await openConsole();
    expect(await console.temporaryTables('tab')).toEqual([]);
    await console.run('tab', `CREATE TEMP TABLE "my ""x""\n🙂" AS SELECT 1 AS "a b", 'x' AS c`, changing);
    await console.run('tab', 'CREATE TEMP VIEW looks AS FROM silver_events SELECT event_name', changing);
    await console.run('tab', 'SELECT 42');
    expect(await console.temporaryTables('tab')).toEqual([
      { schema: 'main', name: 'looks', columns: [{ name: 'event_name', type: 'VARCHAR' }], records: false, sessionId: 'tab' },
      {
        schema: 'main',
        name: 'my "x"\n🙂',
        columns: [
          { name: 'a b', type: 'INTEGER' },
          { name: 'c', type: 'VARCHAR' },
        ],
        records: false,
        sessionId: 'tab',
      },
    ]); // prettier-ignore
    expect(await console.temporaryTables('other')).toEqual([]);
    await console.run('tab', 'DROP VIEW looks', changing);
    expect((await console.temporaryTables('tab')).map(({ name }) => name)).toEqual(['my "x"\n🙂']);
  });

  test('are listed also if the table below a view has gone', async () => {
    const { console } = await openConsole();
    await console.run('tab', 'CREATE TABLE below AS SELECT 1 AS a', changing);
    await console.run('tab', 'CREATE TEMP VIEW above AS FROM below', changing);
    await console.run('tab', 'CREATE TEMP TABLE kept AS SELECT 1 AS a', changing);
    await console.run('tab', 'DROP TABLE below', changing);
    expect((await console.temporaryTables('tab')).map(({ name }) => name)).toEqual(['above', 'kept']);
  });

  test('are read while the file of the warehouse is released, and listed after it is back', async () => {
    const { console, warehouse } = await openConsole();
    await console.run('tab', 'CREATE TEMP TABLE kept AS SELECT 1 AS a', changing);
    await warehouse.releaseFile();
    expect((await console.temporaryTables('tab')).map(({ name }) => name)).toEqual(['kept']);
  });

  test('have profiles, which leave nothing behind in the session', async () => {
    const { console, warehouse } = await openConsole();
    await console.run('tab', `CREATE TEMP TABLE profiled AS SELECT if(i % 4 = 0, 'x', NULL) AS said FROM range(100) t(i)`, changing);
    await console.run('tab', 'CREATE TEMP VIEW counted AS FROM range(1000) t(i)', changing);
    const source = (name: string) => ({ kind: 'temporary', sessionId: 'tab', name }) as const;
    expect(await warehouse.sources.profile(source('profiled'), 'said')).toMatchObject({
      rows: 100,
      nulls: 75,
      top: [{ label: 'x', count: 25 }],
    });
    expect(await warehouse.sources.profile(source('counted'), 'i', { rows: 10 })).toMatchObject({ firstRows: 10 });
    await expect(warehouse.sources.profile(source('none'), 'i')).rejects.toMatchObject({ code: 'SQL_ERROR' });
    const left = `SELECT count(*) AS n FROM system.main.duckdb_tables() WHERE database_name = 'temp'
      AND table_name NOT IN ('profiled')`;
    const { result } = await console.run('other', 'SELECT 1');
    expect(result?.rows).toBe(1);
    expect((await console.read('tab', async (connection) => (await connection.runAndReadAll(left)).getRowsJS()))).toEqual([[0n]]);
  }); // prettier-ignore
});
