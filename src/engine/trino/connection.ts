import { AppError } from '../../contract/app-error';

/** A server and who signs in there. */
export interface TrinoConnection {
  /** `https://host:port`, or `http://` without password and token; a path is the prefix of a gateway. */
  readonly server: string;
  readonly user: string;
  readonly password?: string | undefined;
  /** A JWT or OAuth 2 access token. */
  readonly token?: string | undefined;
  /** PEM text of the certificate authorities to trust instead of the system's. */
  readonly ca?: string | undefined;
  /** Default catalog and schema of statements. */
  readonly catalog?: string | undefined;
  readonly schema?: string | undefined;
  /** Names the program in the cluster's list of queries. */
  readonly source?: string | undefined;
  /** Session properties by name, e.g. `query_max_run_time` or `catalog.property`. */
  readonly sessionProperties?: Readonly<Record<string, string>> | undefined;
}

/** Bounds of waiting and memory. */
export interface TrinoLimits {
  /** Milliseconds without a byte from the server before a request is given up. Trino answers each within a second. */
  readonly stallMs: number;
  /** Milliseconds during which a failed request is repeated, if it may be. */
  readonly retryMs: number;
  /** Most bytes of one answer, unpacked. Trino aims at 16 MB of values per page. */
  readonly maxAnswerBytes: number;
  /** Milliseconds between signs of life while the caller works on a page. */
  readonly heartbeatMs: number;
}

export const defaultLimits: TrinoLimits = {
  stallMs: 30_000,
  retryMs: 30_000,
  maxAnswerBytes: 128 * 2 ** 20,
  heartbeatMs: 60_000,
};

/**
 * The server's address, ending with a slash.
 * @throws AppError INVALID_OPTIONS if the connection isn't usable or would send a secret unencrypted
 */
export function serverAddress({ server, user, password, token }: TrinoConnection): URL {
  const address = parseAddress(server);
  const secret = password ?? token;
  if (address.protocol !== 'https:' && secret !== undefined) {
    throw invalid('A password or token is only sent over https.', 'Enter an address that starts with https://.');
  }
  if (password !== undefined && token !== undefined) {
    throw invalid('Both a password and a token are given.', 'Give one of them.');
  }
  if (!/^[\x20-\x7e]+$/.test(user)) {
    throw invalid('The user of the cluster may contain only ASCII characters.', 'Correct the user name.');
  }
  if (password !== undefined && user.includes(':')) {
    throw invalid("A user name with a colon can't sign in with a password.", 'Sign in with a token.');
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw invalid('The token contains characters that no token has.', 'Copy it again, without spaces and line breaks.');
  }
  return address;
}

function parseAddress(server: string): URL {
  const wrong = invalid(
    "The address of the cluster can't be used.",
    'Enter one such as https://trino.example.com:8443, without a user or password.',
  );
  let address: URL;
  try {
    address = new URL(server.endsWith('/') ? server : `${server}/`);
  } catch {
    throw wrong;
  }
  const { protocol, username, password, search, hash } = address;
  if (!['http:', 'https:'].includes(protocol) || username || password || search || hash) throw wrong;
  return address;
}

/** The header with the user's secret, if any. */
export function authorization({ user, password, token }: TrinoConnection): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function invalid(message: string, action: string): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}
