import { AppError, type ErrorCode } from '../../../contract/app-error';

/** An error of the SDK, of a server or of the network, without its class. */
interface S3Failure {
  /** The server's name for it, or Node's code: `NoSuchBucket`, `ECONNRESET`. */
  readonly name: string;
  readonly status: number | null;
  readonly message: string;
}

/** The status of the server's answer; null if there was none. */
export function statusOf(error: unknown): number | null {
  return read(error)?.status ?? null;
}

/** Whether an object appeared under the name meanwhile. */
export function isTaken(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || status === 409;
}

/** Whether the server doesn't know how to write only where nothing is. */
export function refusesConditions(error: unknown): boolean {
  return statusOf(error) === 501 || read(error)?.name === 'NotImplemented';
}

interface Explanation {
  readonly fits: (failure: S3Failure) => boolean;
  readonly code: ErrorCode;
  readonly message: (location: string, bucket: string) => string;
  readonly action: string;
}

const again = 'Then try again: publishing continues where it stopped.';

/** The first that fits explains an error. */
const explanations: readonly Explanation[] = [
  {
    fits: ({ name }) => name === 'CredentialsProviderError',
    code: 'LOCATION_RIGHTS',
    message: (location) => `There are no usable credentials for ${location}.`,
    action: `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in (aws sso login). ${again}`,
  },
  {
    fits: ({ name }) => /^(?:ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/.test(name),
    code: 'LOCATION_RIGHTS',
    message: (location) => `The credentials for ${location} have expired.`,
    action: `Sign in again or renew them. ${again}`,
  },
  {
    fits: ({ name }) => /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|AuthFailure)$/.test(name),
    code: 'LOCATION_RIGHTS',
    message: (location) => `The server of ${location} doesn't accept the credentials.`,
    action: `Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile. ${again}`,
  },
  {
    fits: ({ name }) => name === 'RequestTimeTooSkewed',
    code: 'LOCATION_RIGHTS',
    message: (location) => `The server of ${location} refuses requests because this machine's clock is wrong.`,
    action: `Set the clock. ${again}`,
  },
  {
    fits: ({ name }) => name === 'NoSuchBucket',
    code: 'LOCATION_INVALID',
    message: (_, bucket) => `There is no bucket named ${bucket}.`,
    action: 'Correct the name, or create the bucket, then try again.',
  },
  {
    fits: ({ name, message, status }) =>
      status === 301 ||
      status === 307 ||
      /^(?:PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/.test(name) ||
      /Region is missing/.test(message),
    code: 'LOCATION_INVALID',
    message: (_, bucket) => `The region of the bucket ${bucket} isn't set, or is another one.`,
    action: 'Set AWS_REGION to the region of the bucket, then try again.',
  },
  {
    fits: ({ name, status }) => status === 403 || status === 401 || name === 'AccessDenied',
    code: 'LOCATION_RIGHTS',
    message: (location) => `The credentials lack rights at ${location}.`,
    action: `They need s3:ListBucket, s3:GetObject, s3:PutObject and s3:AbortMultipartUpload there. ${again}`,
  },
  {
    fits: ({ name, message }) =>
      /^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(name) || /certificate/i.test(message),
    code: 'LOCATION_UNREACHABLE',
    message: (location) => `The certificate of the server of ${location} isn't trusted.`,
    action: `Check the endpoint, or add its CA file with NODE_EXTRA_CA_CERTS. ${again}`,
  },
  {
    fits: ({ name, message }) =>
      /^(?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ENET\w+|EHOST\w+|ETIMEDOUT|EPIPE|EPROTO|TimeoutError)$/.test(name) ||
      /socket hang up|timed? ?out/i.test(message),
    code: 'LOCATION_UNREACHABLE',
    message: (location) => `The server of ${location} can't be reached, or the connection broke.`,
    action: `Check the network and the endpoint (AWS_ENDPOINT_URL). ${again}`,
  },
  {
    fits: ({ name, status }) => (status !== null && status >= 500) || /^(?:SlowDown|Throttling)/.test(name),
    code: 'LOCATION_UNREACHABLE',
    message: (location) => `The server of ${location} has problems and refused several attempts.`,
    action: `Wait a while. ${again}`,
  },
];

/** An error in plain words; the same error if it isn't one of the storage. */
export function explainS3(error: unknown, location: string, bucket: string): unknown {
  const failure = error instanceof AppError ? null : read(error);
  const found = failure && explanations.find(({ fits }) => fits(failure));
  if (failure && found) {
    const { code, message, action } = found;
    return new AppError(code, message(location, bucket), { action, cause: causeOf(failure) });
  }
  if (!failure || failure.status === null) return error;
  return new AppError(
    'LOCATION_INVALID',
    `The server of ${location} refused a request (${failure.status} ${failure.name}).`,
    {
      action: `Check the bucket and the endpoint. ${again}`,
      cause: causeOf(failure),
    },
  );
}

function causeOf({ name, status, message }: S3Failure): string {
  return [name, ...(status === null ? [] : [`status ${status}`]), message].join(', ');
}

function read(error: unknown): S3Failure | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { name: code, status: statusIn(error), message: error.message };
}

function statusIn(error: Error): number | null {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return null;
  const metadata: object = error.$metadata;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
