import { AppError } from '../../contract/app-error';
import type { ClusterAccess } from '../../contract/cluster';
import { readBounded } from '../fs/bounded-read';
import { TrinoClient } from '../trino/client';
import type { TrinoLimits } from '../trino/connection';

const maxCaBytes = 2 ** 20;

/**
 * A session on the cluster of the settings, with the results' catalog and schema as defaults. Nothing is sent before its
 * first statement; the caller closes it.
 * @throws AppError INVALID_OPTIONS, CLUSTER_CERTIFICATE if the settings aren't usable
 */
export async function openCluster(
  { settings, secret }: ClusterAccess,
  limits?: Partial<TrinoLimits>,
): Promise<TrinoClient> {
  const { server, user, signIn, caFile, resultsCatalog: catalog, resultsSchema: schema } = settings;
  if (signIn !== 'none' && secret === null) {
    throw new AppError('CLUSTER_SIGN_IN', `The ${signIn} for the cluster is missing.`, {
      action: `Enter the ${signIn}.`,
    });
  }
  const ca = caFile === null ? undefined : await readCaFile(caFile);
  const sign = signIn === 'none' || secret === null ? {} : { [signIn]: secret };
  return new TrinoClient({ server, user, ...sign, ca, catalog, schema }, limits);
}

async function readCaFile(file: string): Promise<string> {
  const read = await readBounded(file, maxCaBytes, { follow: true });
  if (read.status === 'read') return read.bytes.toString('utf8');
  const why = read.status === 'missing' ? "doesn't exist" : `can't be read: ${read.reason}`;
  throw new AppError('CLUSTER_CERTIFICATE', `The file of the certificate authority, ${file}, ${why}.`, {
    action: 'Choose a PEM file, or none to trust the certificate authorities of the system.',
  });
}
