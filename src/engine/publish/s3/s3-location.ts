import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { runLogEntrySchema, type RunLogEntry } from '../../../contract/generation';
import { mostRunBytes, publishedRunFile, publishedRunId } from '../../commit/published-runs';
import { sha256Of } from '../../fs/opened-file';
import { parseJson } from '../../fs/read-json';
import { linkedAbort } from '../../linked-abort';
import { confirmSameRun, conflict } from '../location/conflict';
import type { Added, FileToPublish, Location } from '../location/location';
import { clientOptions } from './client-options';
import { explainS3, isTaken, refusesConditions, statusOf } from './s3-errors';

/** Our checksum of an object's content, in its metadata: an ETag isn't one if an object was uploaded in parts. */
const checksumKey = 'sha256';

/** An object as it is stored. */
interface Stored {
  readonly bytes: number;
  readonly sha256: string | undefined;
}

interface NewObject {
  readonly name: string;
  /** Its content, from the start at each call. */
  readonly body: () => Readable | Buffer;
  readonly bytes: number;
  readonly sha256?: string;
}

/** A place in object storage. An object appears whole or not at all, so no temporary names are needed. */
export class S3Location implements Location {
  readonly name: string;
  readonly concurrency = 8;
  readonly #client: S3Client;
  /** Whether objects are written only where nothing is. Some storage that speaks S3 refuses such requests. */
  #conditional = true;

  /** @param prefix of all keys, without a slash at its ends */
  constructor(
    private readonly bucket: string,
    private readonly prefix: string,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.name = prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
    // The version is pinned: what later ones will need is nothing for users.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    this.#client = new S3Client(clientOptions(environment));
  }

  /** Lists one key: unlike a question about a single object, the answer tells why something is refused. */
  async open(): Promise<void> {
    const list = new ListObjectsV2Command({ Bucket: this.bucket, Prefix: this.#key('data/runs/'), MaxKeys: 1 });
    await this.#client.send(list).catch((error: unknown) => {
      throw this.explain(error);
    });
  }

  async runIds(): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const prefix = this.#key('data/runs/');
    let from: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: from }),
      );
      for (const { Key = '' } of page.Contents ?? []) {
        const id = publishedRunId(Key.slice(prefix.length));
        if (id !== null) ids.add(id);
      }
      from = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (from !== undefined);
    return ids;
  }

  async run(runId: string): Promise<RunLogEntry | null> {
    const { data } = runLogEntrySchema.safeParse(parseJson(await this.#text(publishedRunFile(runId))));
    return data?.runId === runId ? data : null;
  }

  async addFile(file: FileToPublish, signal: AbortSignal): Promise<Added> {
    if (await this.#isPresent(file)) return 'present';
    const { name, content } = file;
    try {
      const sha256 = await content.sha256();
      await this.#put({ name, body: () => content.stream(), bytes: content.bytes, sha256 }, signal);
      return 'added';
    } catch (error) {
      // Another program has published the same run meanwhile.
      if (isTaken(error) && (await this.#isPresent(file))) return 'present';
      throw error;
    }
  }

  async addRun(run: RunLogEntry): Promise<Added> {
    const name = publishedRunFile(run.runId);
    const text = Buffer.from(`${JSON.stringify(run)}\n`);
    try {
      if (!(await this.#look(name))) {
        await this.#put({ name, body: () => text, bytes: text.length });
        return 'added';
      }
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
    confirmSameRun(run, await this.run(run.runId), name, this.name);
    return 'present';
  }

  explain(error: unknown): unknown {
    return explainS3(error, this.name, this.bucket);
  }

  close(): void {
    this.#client.destroy();
  }

  async #put(object: NewObject, signal?: AbortSignal): Promise<void> {
    const conditional = this.#conditional;
    try {
      await this.#upload(object, conditional, signal);
    } catch (error) {
      if (!conditional || !refusesConditions(error)) throw error;
      this.#conditional = false;
      await this.#upload(object, false, signal);
    }
  }

  /** One request, or for a large object several of which the last one makes it visible. */
  async #upload({ name, body, bytes, sha256 }: NewObject, conditional: boolean, signal?: AbortSignal): Promise<void> {
    const { controller, unlink } = linkedAbort(signal);
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.bucket,
        Key: this.#key(name),
        Body: body(),
        ContentLength: bytes,
        ...(conditional && { IfNoneMatch: '*' }),
        ...(sha256 !== undefined && { Metadata: { [checksumKey]: sha256 } }),
      },
      abortController: controller,
    });
    try {
      await upload.done();
    } finally {
      unlink();
    }
  }

  /** @throws AppError LOCATION_CONFLICT if there is an object with other content */
  async #isPresent({ name, content }: FileToPublish): Promise<boolean> {
    const stored = await this.#look(name);
    if (!stored) return false;
    if (stored.bytes !== content.bytes) throw conflict(name, this.name);
    const sha256 = stored.sha256 ?? (await this.#sha256(name));
    if (sha256 !== (await content.sha256())) throw conflict(name, this.name);
    return true;
  }

  async #look(name: string): Promise<Stored | null> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: this.#key(name) }));
      return { bytes: head.ContentLength ?? 0, sha256: head.Metadata?.[checksumKey] };
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  /** The text of a small object; empty if there is none. A larger one is cut, whatever it claims to be. */
  async #text(name: string): Promise<string> {
    const range = { Bucket: this.bucket, Key: this.#key(name), Range: `bytes=0-${mostRunBytes - 1}` };
    try {
      const { Body } = await this.#client.send(new GetObjectCommand(range));
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      if ([404, 416].includes(statusOf(error) ?? 0)) return '';
      throw error;
    }
  }

  /** Of an object that another program has put there, perhaps a copy of ours. */
  async #sha256(name: string): Promise<string | null> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.#key(name) }));
    return Body ? sha256Of(Body.transformToWebStream()) : null;
  }

  #key(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}/${name}`;
  }
}
