import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterSettingsSchema, defaultClusterNames, type ClusterAccess } from '../../../contract/cluster';
import { Console } from '../../console/console';
import { Database } from '../../database/database';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { reply, type FakeTrino, type Reply } from '../../trino/testing/fake-trino';
import { columns, serve } from '../../trino/testing/serve';
import { WorkspaceCluster } from './workspace-cluster';

const text = { rawType: 'varchar', arguments: [] };
const textColumns = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, type: 'varchar', typeSignature: text }));

/** A server that answers each statement by its text; others are queries with one page of one number, and more to come. */
async function server(lists: Readonly<Record<string, readonly (readonly string[])[]>> = {}): Promise<FakeTrino> {
  const answer: Reply = (response, request) => {
    const sql = started.seen.at(-1)?.body ?? '';
    const list = lists[sql];
    if (sql.startsWith('START')) return reply({}, { 'x-trino-started-transaction-id': 't1' })(response, request);
    if (sql.startsWith('ROLLBACK')) return reply({})(response, request);
    if (list) return reply({ columns: textColumns(list[0]?.length ?? 1), data: list })(response, request);
    if (sql.startsWith('SHOW')) {
      const error = { message: 'Schema does not exist', errorName: 'SCHEMA_NOT_FOUND', errorType: 'USER_ERROR' };
      return reply({ error })(response, request);
    }
    reply({ columns, data: [[1]], nextUri: '/v1/statement/executing/next' })(response, request);
  };
  const started = await serve({ POST: answer, GET: reply({ columns, data: [[2]] }) });
  return started;
}

const accessTo = ({ address }: FakeTrino, user = 'micro'): ClusterAccess => ({
  settings: clusterSettingsSchema.parse({
    server: address,
    user,
    signIn: 'none',
    caFile: null,
    ...defaultClusterNames,
    location: '',
  }),
  secret: null,
});

async function open(getAccess?: () => Promise<ClusterAccess>) {
  const database = await Database.open(await temporaryWorkspace());
  const console = new Console(database);
  const cluster = new WorkspaceCluster(console, getAccess);
  onTestFinished(async () => {
    await console.closeAll();
    await cluster.close();
    database.close();
  });
  return cluster;
}

const statements = ({ seen }: FakeTrino) => seen.filter(({ method }) => method === 'POST').map(({ body }) => body);

describe('the cluster of a workspace', () => {
  test('is refused in words where there is none', async () => {
    const cluster = await open();
    await expect(cluster.queries()).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: 'No cluster is set for this workspace.',
    });
    await expect(cluster.onOpened((queries) => queries.more(randomUUID()))).rejects.toMatchObject({
      code: 'RESULT_GONE',
    });
  });

  test('is opened once, also by calls side by side, and nothing is sent before a statement', async () => {
    const trino = await server();
    const cluster = await open(() => Promise.resolve(accessTo(trino)));
    const [one, other] = await Promise.all([cluster.queries(), cluster.queries()]);
    expect(one).toBe(other);
    expect(trino.seen).toEqual([]);
  });

  test('is opened again when the access has changed, and ends what the old session left waiting', async () => {
    const trino = await server();
    let access = accessTo(trino);
    const cluster = await open(() => Promise.resolve(access));
    const { result, more } = await (
      await cluster.queries()
    ).run('tab', 'SELECT 1', { mostRows: 1, resultId: randomUUID() });
    expect(more).toBe(true);
    access = accessTo(trino, 'another');
    await (await cluster.queries()).run('tab', 'SELECT 2', { mostRows: 1 });
    expect(trino.seen.find(({ body }) => body === 'SELECT 2')?.headers['x-trino-user']).toBe('another');
    await trino.got('DELETE');
    await expect(cluster.onOpened((queries) => queries.more(result.resultId))).rejects.toMatchObject({
      code: 'RESULT_GONE',
    });
  });

  test('is tried again after settings that could not be used', async () => {
    const trino = await server();
    let access: ClusterAccess = accessTo(trino);
    access = { ...access, settings: { ...access.settings, signIn: 'password' } };
    const cluster = await open(() => Promise.resolve(access));
    await expect(cluster.queries()).rejects.toMatchObject({ code: 'CLUSTER_SIGN_IN' });
    access = accessTo(trino);
    await expect(cluster.queries()).resolves.toBeDefined();
  });
});

describe('names for completion', () => {
  const lists = {
    'SHOW CATALOGS': [['hive'], ['iceberg']],
    'SHOW SCHEMAS FROM "iceberg"': [['micro_warehouse']],
    'SHOW TABLES FROM "iceberg"."micro_warehouse"': [['silver_events']],
    'SHOW SCHEMAS FROM "hive"': [['web']],
    'SHOW TABLES FROM "hive"."web"': [['clicks']],
    'SHOW COLUMNS FROM "iceberg"."micro_warehouse"."silver_events"': [['user_id', 'bigint', '', '']],
    'SHOW COLUMNS FROM "hive"."web"."clicks"': [['page', 'varchar', '', '']],
    'SHOW FUNCTIONS': [
      ['abs', 'bigint', 'bigint', 'scalar', 'true', 'Absolute value'],
      ['abs', 'double', 'double', 'scalar', 'true', 'Absolute value'],
    ],
  };

  test('are those of the server, with the settings’ catalog and schema as defaults', async () => {
    const trino = await server(lists);
    const language = await (await open(() => Promise.resolve(accessTo(trino)))).language();
    const namesOf = async (path: string[]) => (await language.names(path)).map(({ name, kind }) => `${kind} ${name}`);
    expect(await namesOf([])).toEqual([
      'catalog hive',
      'catalog iceberg',
      'schema micro_warehouse',
      'table silver_events',
    ]);
    expect(await namesOf(['hive'])).toEqual(['schema web']);
    expect(await namesOf(['micro_warehouse'])).toEqual(['table silver_events']);
    expect(await namesOf(['hive', 'web'])).toEqual(['table clicks']);
    expect(await language.columns(['silver_events'])).toEqual([{ name: 'user_id', kind: 'column', type: 'bigint' }]);
    expect(await language.columns(['hive', 'web', 'clicks'])).toMatchObject([{ name: 'page' }]);
    expect(await language.functions()).toEqual([
      { name: 'abs', signatures: ['abs(bigint) -> bigint', 'abs(double) -> double'], description: 'Absolute value' },
    ]);
  });

  test('are listed place by place, with the reason where the server does not tell', async () => {
    const trino = await server(lists);
    const language = await (await open(() => Promise.resolve(accessTo(trino)))).language();
    const namesIn = async (...path: string[]) => (await language.contents(path)).names.map(({ name }) => name);
    expect(await namesIn()).toEqual(['hive', 'iceberg']);
    expect(await namesIn('hive')).toEqual(['web']);
    expect(await namesIn('hive', 'web')).toEqual(['clicks']);
    expect(await namesIn('hive', 'web', 'clicks')).toEqual(['page']);
    await expect(language.contents(['secret'])).rejects.toMatchObject({ code: 'CLUSTER_QUERY' });
    const asked = statements(trino).length;
    await namesIn('hive');
    expect(statements(trino)).toHaveLength(asked);
    language.forget();
    await namesIn('hive');
    expect(statements(trino)).toHaveLength(asked + 1);
  });

  test('are cut where there are thousands', async () => {
    const tables = Array.from({ length: 6_000 }, (_, index) => [`t${index}`]);
    const trino = await server({ 'SHOW TABLES FROM "hive"."web"': tables });
    const language = await (await open(() => Promise.resolve(accessTo(trino)))).language();
    const { names, truncated } = await language.contents(['hive', 'web']);
    expect({ names: names.length, truncated }).toEqual({ names: 5_000, truncated: true });
  });

  test('are read once per session; a list that failed is asked for again', async () => {
    const trino = await server(lists);
    const language = await (await open(() => Promise.resolve(accessTo(trino)))).language();
    await Promise.all([language.functions(), language.functions()]);
    expect(statements(trino)).toEqual(['SHOW FUNCTIONS']);
    await expect(language.columns(['nothing'])).rejects.toMatchObject({ code: 'CLUSTER_QUERY' });
    await expect(language.columns(['nothing'])).rejects.toMatchObject({ code: 'CLUSTER_QUERY' });
    expect(statements(trino)).toHaveLength(3);
  });
});
