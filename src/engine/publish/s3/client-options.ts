import type { S3ClientConfig } from '@aws-sdk/client-s3';

/** Time to reach the server, and the longest silence of a connection. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/**
 * Settings of the client. Endpoint, region and credentials come from the environment and the profile, as for every
 * program that uses the AWS SDK.
 */
export function clientOptions(environment: NodeJS.ProcessEnv): S3ClientConfig {
  return { requestHandler: timeouts, followRegionRedirects: true, forcePathStyle: pathStyle(environment) };
}

/**
 * Whether the bucket is written in the path instead of the host's name. Servers other than AWS rarely have a name for
 * each bucket, so it is the default with an endpoint.
 */
function pathStyle(environment: NodeJS.ProcessEnv): boolean {
  const chosen = environment['MICRO_WAREHOUSE_S3_PATH_STYLE'];
  if (chosen !== undefined && chosen !== '') return chosen === 'true' || chosen === '1';
  return Boolean(environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL']);
}
