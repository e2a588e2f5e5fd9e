import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { AppError } from '../../contract/app-error';

/** Where Linux distributions and BSDs keep the authorities that the system trusts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The certificate authorities to trust: those in `given` alone, or Node's together with the system's, where the
 * authority of a company usually is.
 * @throws AppError CLUSTER_CERTIFICATE if `given` contains no usable certificate
 */
export async function trustedAuthorities(given: string | undefined): Promise<string[]> {
  if (given !== undefined) return [checked(given)];
  return [...tls.rootCertificates, ...(await systemAuthorities())];
}

async function systemAuthorities(): Promise<readonly string[]> {
  // Node 22.15 and later ask the system; before that, only the bundle of a Unix system can be read.
  if ('getCACertificates' in tls && typeof tls.getCACertificates === 'function') {
    const found: unknown = tls.getCACertificates('system');
    return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
  }
  for (const file of systemBundles) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return [text];
  }
  return [];
}

function checked(pem: string): string {
  try {
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('No certificate found.');
    tls.createSecureContext({ ca: pem });
    return pem;
  } catch (error) {
    throw new AppError('CLUSTER_CERTIFICATE', "The file of the certificate authority can't be used.", {
      action: 'Choose a PEM file: its text contains a line "-----BEGIN CERTIFICATE-----".',
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}
