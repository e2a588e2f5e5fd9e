import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { readClusterOptions, withCluster } from './cluster-options';

const read = (args: string[], environment: NodeJS.ProcessEnv = {}) => {
  const command = withCluster(new Command()).parse(args, { from: 'user' });
  return readClusterOptions(command.opts(), { environment });
};
const needed = ['--server', 'https://trino.example.com', '--user', 'ann', '--location', 's3://b/events'];

test('names have defaults, and the secret comes from the environment', () => {
  expect(read(needed)).toMatchObject({
    settings: {
      server: 'https://trino.example.com',
      user: 'ann',
      signIn: 'none',
      caFile: null,
      resultsCatalog: 'iceberg',
    },
    secret: null,
  });
  const password = read([...needed, '--results-schema', 'mw'], { MICRO_WAREHOUSE_CLUSTER_PASSWORD: 'p' });
  expect(password).toMatchObject({ settings: { signIn: 'password', resultsSchema: 'mw' }, secret: 'p' });
  expect(read(needed, { MICRO_WAREHOUSE_CLUSTER_TOKEN: 't' })).toMatchObject({
    settings: { signIn: 'token' },
    secret: 't',
  });
});

describe('refused', () => {
  test.each([
    ['nothing', [], 'The cluster needs --server, --user, --location.'],
    ['no location', needed.slice(0, 4), 'The cluster needs --location.'],
    ['no scheme', ['--server', 'trino.example.com', ...needed.slice(2)], 'The server must be an address'],
    ['a password in the address', ['--server', 'https://a:b@c', ...needed.slice(2)], 'The server must be an address'],
    ['a name of blanks', [...needed, '--events-schema', ' '], "The events' schema must not be empty."],
  ])('%s', (_, args, message) => {
    expect(() => read(args)).toThrow(message);
  });

  test('two secrets', () => {
    const both = { MICRO_WAREHOUSE_CLUSTER_TOKEN: 't', MICRO_WAREHOUSE_CLUSTER_PASSWORD: 'p' };
    expect(() => read(needed, both)).toThrow('Both MICRO_WAREHOUSE_CLUSTER_PASSWORD and');
  });
});
