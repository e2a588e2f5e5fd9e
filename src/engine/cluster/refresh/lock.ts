import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../contract/app-error';
import { identityOf, isAlive, processIdentitySchema } from '../../fs/process-identity';
import { quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import { setUpMissing } from './not-set-up';

/** How a refresh shows that it still runs, and when another may conclude that it doesn't. */
export interface LockTimes {
  readonly beatMs: number;
  readonly staleMs: number;
}

export const defaultLockTimes: LockTimes = { beatMs: 60_000, staleMs: 300_000 };

const holderSchema = processIdentitySchema.extend({ token: z.string(), user: z.string() });

const rowSchema = z.object({ holder: z.string().nullable(), since: z.string(), is_stale: z.boolean() });

/** Tokens of the refreshes of this process that are running. */
const running = new Set<string>();

/** What gives locks back in the background, after refreshes of this process that failed. */
const releases = new Set<Promise<void>>();

/** How long a refresh waits for them, and how often it tries again if the row changes under it. */
const releaseMs = 10_000;
const mostTries = 3;

/**
 * The one row of `refresh_lock`. Iceberg commits a change of the row only if nobody else has changed it meanwhile, so
 * of two refreshes that start together one is refused.
 */
export class ClusterLock {
  readonly #table: string;
  #timer: NodeJS.Timeout | null = null;
  /** The last sign of life. */
  #beating: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly session: ClusterSession,
    /** Also names the refresh in the log. */
    readonly holder: string,
    private readonly token: string,
  ) {
    this.#table = session.result('refresh_lock');
  }

  /**
   * Takes the lock, also from a refresh that has stopped showing that it runs, or whose process on this machine is gone.
   * @param onLost called if somebody else has taken it over
   * @param signal ends the taking; showing that the refresh runs and giving the lock back don't depend on it
   * @throws AppError CLUSTER_BUSY, CLUSTER_NOT_SET_UP
   */
  static async take(
    session: ClusterSession,
    times: LockTimes,
    onLost: () => void,
    signal?: AbortSignal,
  ): Promise<ClusterLock> {
    const token = randomBytes(9).toString('hex');
    const identity = { ...(await identityOf(process.pid)), token, user: session.settings.user };
    const lock = new ClusterLock(session.with({}), JSON.stringify(identity), token);
    running.add(token);
    try {
      await Promise.race([Promise.all(releases), sleep(releaseMs, undefined, { ref: false })]);
      for (let tries = 1; !(await lock.#take(times, session.with({ signal }), tries < mostTries)); tries += 1);
    } catch (error) {
      running.delete(token);
      throw error;
    }
    lock.#scheduleBeat(times, onLost);
    return lock;
  }

  /** The next sign of life waits for the last one: on a slow cluster they would pile up. */
  #scheduleBeat(times: LockTimes, onLost: () => void): void {
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat().then(
        (held) => held || onLost(),
        () => undefined,
      );
      void this.#beating.then(() => running.has(this.token) && this.#scheduleBeat(times, onLost));
    }, times.beatMs).unref();
  }

  /** Returns false if the row changed meanwhile and nobody holds it now. */
  async #take({ staleMs }: LockTimes, session: ClusterSession, again: boolean): Promise<boolean> {
    const stale = `seen_at < current_timestamp - INTERVAL '${Math.ceil(staleMs / 1_000)}' SECOND`;
    const [row] = await session.rows(
      `SELECT holder, CAST(taken_at AS VARCHAR) AS since, ${stale} AS is_stale FROM ${this.#table}`,
      rowSchema,
    );
    if (row === undefined) throw setUpMissing('the row of refresh_lock');
    if (row.holder !== null && !row.is_stale && (await isRunning(row.holder))) throw busy(row.holder, row.since);
    const before = row.holder === null ? 'holder IS NULL' : `holder = ${quoteText(row.holder)}`;
    const taken = await session
      .run(
        `UPDATE ${this.#table} SET holder = ${this.#quoted}, taken_at = current_timestamp, seen_at = current_timestamp
            WHERE ${before}`,
      )
      .catch((error: unknown) => {
        // Somebody else changed the row between our reading and our commit.
        if (isConflict(error)) return { updateCount: 0 };
        throw error;
      });
    const [now] = await session.rows(`SELECT holder FROM ${this.#table}`, rowSchema.pick({ holder: true }));
    if (taken.updateCount !== 0 && now?.holder === this.holder) return true;
    if (again && (now?.holder ?? null) === null) return false;
    throw busy(now?.holder ?? null, '');
  }

  /** Shows that the refresh runs; false if it no longer has the lock. */
  async #beat(): Promise<boolean> {
    const { updateCount } = await this.session.run(
      `UPDATE ${this.#table} SET seen_at = current_timestamp WHERE holder = ${this.#quoted}`,
    );
    return updateCount !== 0;
  }

  /** Gives it back. If that fails, the next refresh on this machine finds that nobody holds it. */
  async release(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    running.delete(this.token);
    const released = this.#release();
    releases.add(released);
    await released.finally(() => releases.delete(released));
  }

  async #release(): Promise<void> {
    // Two changes of the row at once would conflict.
    await this.#beating;
    await this.session
      .run(`UPDATE ${this.#table} SET holder = NULL WHERE holder = ${this.#quoted}`)
      .catch(() => undefined);
  }

  get #quoted(): string {
    return quoteText(this.holder);
  }
}

async function isRunning(holder: string): Promise<boolean> {
  const parsed = holderSchema.safeParse(safeJson(holder));
  if (!parsed.success) return true;
  if (!(await isAlive(parsed.data))) return false;
  const { pid, host, start } = await identityOf(process.pid);
  const isOurs = parsed.data.pid === pid && parsed.data.host === host && parsed.data.start === start;
  return !isOurs || running.has(parsed.data.token);
}

function isConflict(error: unknown): boolean {
  const name = error instanceof AppError ? error.details.cluster?.errorName : undefined;
  return name === 'ICEBERG_COMMIT_ERROR' || name === 'TRANSACTION_CONFLICT';
}

function busy(holder: string | null, since: string): AppError {
  const parsed = holderSchema.safeParse(safeJson(holder ?? ''));
  const who = parsed.success ? ` by ${parsed.data.user} on ${parsed.data.host}` : '';
  const when = since === '' ? '' : `, since ${since.slice(0, 19)} UTC`;
  return new AppError('CLUSTER_BUSY', `Another refresh is running on the cluster${who}${when}.`, {
    action: 'Wait for it to end. One that was killed on another machine is given up after five minutes.',
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
