import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../../../contract/cluster';
import { draftOf, formOf, type ClusterForm } from './cluster-form';

const filled: ClusterForm = {
  ...formOf(null),
  server: 'https://trino.example.com:8443',
  user: 'ann',
  secret: 'correct horse',
  location: 's3://warehouse/data/events',
};

const kept = (secret: ClusterState['secret']): ClusterState => {
  const { draft } = draftOf(filled, null);
  if (!draft) throw new Error('The form is not valid.');
  return { settings: draft.settings, on: 'cluster', secret };
};

describe('the form of a cluster', () => {
  test('is a draft once it is filled in', () => {
    expect(draftOf(filled, null)).toEqual({
      draft: {
        secret: 'correct horse',
        settings: {
          server: 'https://trino.example.com:8443',
          user: 'ann',
          signIn: 'password',
          caFile: null,
          eventsCatalog: 'hive',
          eventsSchema: 'micro_warehouse_events',
          resultsCatalog: 'iceberg',
          resultsSchema: 'micro_warehouse',
          location: 's3://warehouse/data/events',
        },
      },
      errors: null,
    });
  });

  test('says at each field what is wrong', () => {
    expect(draftOf({ ...formOf(null), eventsCatalog: ' ' }, null).errors).toEqual({
      server: 'The server must be an address such as https://trino.example.com:8443, without a user or password.',
      user: 'The user must not be empty.',
      eventsCatalog: "The events' catalog must not be empty.",
      location: 'The location must not be empty.',
      secret: 'Enter the password.',
    });
    expect(draftOf({ ...filled, location: '' }, null).errors).toEqual({
      location: 'The location must not be empty.',
    });
    expect(draftOf({ ...filled, server: 'http://trino.example.com' }, null).errors).toEqual({
      server: 'A password or token is only sent over https.',
    });
  });

  test('needs no secret where none is used, and never sends one that was typed before', () => {
    expect(draftOf({ ...filled, signIn: 'none' }, null).draft?.secret).toBeNull();
  });

  test('needs the secret again for another account only', () => {
    const empty = { ...filled, secret: '' };
    expect(draftOf(empty, kept('stored')).draft?.secret).toBeNull();
    expect(draftOf({ ...empty, location: 's3://other' }, kept('session')).errors).toBeNull();
    expect(draftOf(empty, kept('none')).errors).toEqual({ secret: 'Enter the password.' });
    expect(draftOf({ ...empty, user: 'bob' }, kept('stored')).errors).toEqual({ secret: 'Enter the password.' });
    expect(draftOf({ ...empty, server: 'https://other.example.com' }, kept('stored')).errors).toEqual({
      secret: 'Enter the password.',
    });
    expect(draftOf({ ...empty, signIn: 'token' }, kept('stored')).errors).toEqual({ secret: 'Enter the token.' });
  });
});
