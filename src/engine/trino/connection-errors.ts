import { AppError } from '../../contract/app-error';
import { StalledError, TooLargeError, type Answer } from './exchange';

/** Node's codes of certificates that it doesn't trust, and what is wrong with them. */
const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'It has expired.',
  CERT_NOT_YET_VALID: "It isn't valid yet.",
  CERT_REVOKED: 'It has been revoked.',
  CERT_SIGNATURE_FAILURE: "Its signature isn't that of the trusted certificate authority.",
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is signed by itself, not by a trusted certificate authority.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It is for another server name.',
  HOSTNAME_MISMATCH: 'It is for another server name.',
  INVALID_CA: "The certificate that signed it isn't a certificate authority.",
  SELF_SIGNED_CERT_IN_CHAIN: "It comes from a certificate authority that isn't trusted.",
  UNABLE_TO_GET_ISSUER_CERT: "It comes from a certificate authority that isn't trusted.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "It comes from a certificate authority that isn't trusted.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "It comes from a certificate authority that isn't trusted.",
};

const networkProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at that address.',
  ECONNRESET: 'The connection broke off.',
  EPIPE: 'The connection broke off.',
  Z_BUF_ERROR: 'The connection broke off.',
  ERR_STREAM_PREMATURE_CLOSE: 'The connection broke off.',
  ENOTFOUND: 'No server of that name is known.',
  EAI_AGAIN: "The server's name can't be looked up now.",
  EHOSTUNREACH: 'The network has no way to that address.',
  ENETUNREACH: 'The network has no way to that address.',
  ETIMEDOUT: 'The server took too long to answer.',
};

/** `code` of an error of Node; for a host with several addresses, that of the first. */
export function errorCode(error: unknown): string | null {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** An error of {@link exchange} in words that a user can act on. @param origin the server's address */
export function connectionError(error: unknown, origin: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof StalledError) {
    return unreachable(origin, `It sent nothing for ${error.waitedMs / 1_000} s.`);
  }
  if (error instanceof TooLargeError) {
    const megabytes = Math.round(error.maxBytes / 2 ** 20);
    return new AppError('CLUSTER_ANSWER', `An answer of the cluster is larger than ${megabytes} MB.`, {
      action: 'Select fewer or shorter columns: single values may be too long.',
    });
  }
  const code = errorCode(error) ?? '';
  const certificate = certificateProblems[code];
  if (certificate !== undefined) {
    return new AppError('CLUSTER_CERTIFICATE', `The certificate of ${origin} can't be trusted. ${certificate}`, {
      action:
        'Check the address. If it is right, give the file of the certificate authority; whoever runs the cluster has it.',
      cause: code,
    });
  }
  // TLS spoken to a port without it, or the other way round.
  if (code === 'EPROTO' || code.startsWith('HPE_') || code.startsWith('ERR_SSL_')) {
    return new AppError('CLUSTER_UNREACHABLE', `${origin} doesn't speak ${origin.split(':')[0] ?? ''}.`, {
      action: 'Check whether the address starts with http:// or https://, and the port.',
      cause: code,
    });
  }
  return unreachable(origin, networkProblems[code] ?? 'The connection failed.', code || String(error));
}

function unreachable(origin: string, why: string, cause?: string): AppError {
  return new AppError('CLUSTER_UNREACHABLE', `The cluster at ${origin} can't be reached. ${why}`, {
    action: 'Check the address, your network or VPN, and whether the cluster is running, then try again.',
    ...(cause !== undefined && { cause }),
  });
}

/** An answer with another status than 200, in words that a user can act on. @param text the answer, without secrets */
export function statusError(
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  text: string,
  origin: string,
): AppError {
  const cause = `HTTP ${status}. ${text.slice(0, 500)}`.trim();
  if (status === 401) {
    return new AppError('CLUSTER_SIGN_IN', `The cluster at ${origin} refused the sign-in.`, {
      action: 'Check the user, and the password or token: it may have expired.',
      cause,
    });
  }
  if (status === 403) {
    return new AppError('CLUSTER_RIGHTS', `The cluster at ${origin} doesn't let this user in.`, {
      action: 'Ask whoever runs the cluster for access.',
      cause,
    });
  }
  if (status >= 300 && status < 400) {
    return new AppError('CLUSTER_ANSWER', `${origin} redirects to ${placeOf(headers.location, origin)}.`, {
      action: 'If you trust that address, enter it as the server. Redirects are never followed with your credentials.',
    });
  }
  if (status === 429 || (status >= 502 && status <= 504)) {
    return new AppError('CLUSTER_UNREACHABLE', `The cluster at ${origin} is busy or starting.`, {
      action: 'Try again in a few minutes.',
      cause,
    });
  }
  return new AppError('CLUSTER_ANSWER', `${origin} gave an answer that Micro Warehouse can't use (HTTP ${status}).`, {
    action: 'Check that the address is that of a Trino coordinator.',
    cause,
  });
}

function placeOf(location: string | undefined, origin: string): string {
  try {
    return new URL(location ?? '', origin).origin;
  } catch {
    return 'another address';
  }
}

/** An answer that is no JSON document of Trino's. */
export function notTrino(origin: string, cause: string): AppError {
  return new AppError('CLUSTER_ANSWER', `${origin} doesn't answer as Trino does.`, {
    action: 'Check that the address is that of a Trino coordinator, and that no proxy or sign-in page is in between.',
    cause,
  });
}
