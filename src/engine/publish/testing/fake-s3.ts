import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

interface StoredObject {
  readonly bytes: Buffer;
  readonly sha256: string | undefined;
}

interface S3Request {
  readonly method: string;
  /** Without the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** What a server does instead of answering: an error of S3, or `reset`, which breaks the connection. */
export type Fault = { readonly status: number; readonly code: string } | 'reset' | null;

/**
 * A server that speaks as much S3 as publishing needs, with faults on demand. It doesn't check signatures.
 */
export class FakeS3 {
  readonly objects = new Map<string, StoredObject>();
  readonly requests: S3Request[] = [];
  /** Uploads in parts that were begun and neither completed nor aborted. */
  readonly uploads = new Map<string, Map<number, Buffer>>();
  /** Asked at each request. */
  fault: (request: S3Request) => Fault = () => null;

  private constructor(
    readonly bucket: string,
    private readonly server = createServer((request, response) => void this.#serve(request, response)),
  ) {}

  static async start(bucket = 'bucket'): Promise<FakeS3> {
    const fake = new FakeS3(bucket);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => fake.stop());
    return fake;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Where it listens, for AWS_ENDPOINT_URL. */
  get url(): string {
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? `http://127.0.0.1:${address.port}` : '';
  }

  /** Requests that wrote an object or a part of one. */
  get writes(): string[] {
    return this.requests.filter(({ method }) => method === 'PUT').map(({ key }) => key);
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '', 'http://s3');
    const [bucket = '', ...rest] = decodeURIComponent(url.pathname.slice(1)).split('/');
    const request: S3Request = {
      method: message.method ?? '',
      key: rest.join('/'),
      query: url.searchParams,
      headers: message.headers,
    };
    const body = await buffer(message);
    this.requests.push(request);
    const fault = bucket === this.bucket ? this.fault(request) : { status: 404, code: 'NoSuchBucket' };
    if (fault === 'reset') return void message.socket.destroy();
    if (fault) return fail(response, fault);
    this.#answer(request, body, response);
  }

  #answer(request: S3Request, body: Buffer, response: ServerResponse): void {
    const { method, key, query } = request;
    if (method === 'GET' && key === '') return this.#list(query, response);
    if (method === 'GET' || method === 'HEAD') return this.#get(request, response);
    if (method === 'POST' && query.has('uploads')) return this.#begin(response);
    const upload = query.get('uploadId') ?? '';
    if (method === 'DELETE') return void (this.uploads.delete(upload), response.writeHead(204).end());
    if (upload !== '' && method === 'PUT') {
      this.uploads.get(upload)?.set(Number(query.get('partNumber')), content(request, body));
      return void response.writeHead(200, { etag: `"${key}-${query.get('partNumber')}"` }).end();
    }
    if (this.objects.has(key) && request.headers['if-none-match'] === '*')
      return fail(response, { status: 412, code: 'PreconditionFailed' });
    if (method === 'POST') return this.#complete(request, upload, response);
    const sha256 = request.headers['x-amz-meta-sha256'];
    this.objects.set(key, { bytes: content(request, body), sha256: typeof sha256 === 'string' ? sha256 : undefined });
    response.writeHead(200, { etag: '"x"' }).end();
  }

  #get({ method, key, headers }: S3Request, response: ServerResponse): void {
    const object = this.objects.get(key);
    if (!object) return fail(response, { status: 404, code: 'NoSuchKey' });
    const range = /^bytes=0-(\d+)$/.exec(headers.range ?? '')?.[1];
    const bytes = range === undefined ? object.bytes : object.bytes.subarray(0, Number(range) + 1);
    response.writeHead(range === undefined ? 200 : 206, {
      'content-length': bytes.length,
      ...(object.sha256 !== undefined && { 'x-amz-meta-sha256': object.sha256 }),
    });
    response.end(method === 'HEAD' ? undefined : bytes);
  }

  /** Two keys per page. */
  #list(query: URLSearchParams, response: ServerResponse): void {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).toSorted();
    const from = Number(query.get('continuation-token') ?? 0);
    const page = keys.slice(from, from + 2);
    const more = keys.length > from + 2;
    const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
    const next = more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
    response.end(
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}<KeyCount>${page.length}</KeyCount>${contents}</ListBucketResult>`,
    );
  }

  #begin(response: ServerResponse): void {
    const id = `upload-${this.requests.length}`;
    this.uploads.set(id, new Map());
    response.end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  #complete({ key }: S3Request, id: string, response: ServerResponse): void {
    const parts = [...(this.uploads.get(id) ?? [])].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes);
    const bytes = Buffer.concat(parts);
    this.objects.set(key, { bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
    this.uploads.delete(id);
    response.end('<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>');
  }
}

function fail(response: ServerResponse, { status, code }: { status: number; code: string }): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>told by the fake server</Message></Error>`);
}

/** The content of a body, without the frames of a streamed one. */
function content({ headers }: S3Request, body: Buffer): Buffer {
  if (!headers['content-encoding']?.includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
