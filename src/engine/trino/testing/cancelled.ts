import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrinoClient } from '../client';

/**
 * How long Cancel may take, until the caller goes on and until the cluster has ended the statement: a second, and three
 * on a machine with so much to run that each process waits for its turn: more than three for each processor.
 */
function mostCancelMs(): number {
  const [load = 0] = os.loadavg();
  return load > 3 * os.cpus().length ? 3_000 : 1_000;
}

/**
 * Milliseconds from a Cancel until the cluster had ended everything that was sent in the minute before it, or was on its
 * way, by the cluster's own clock, which is that of this machine. Giving the lock back comes after it.
 * @param at Unix time in milliseconds
 */
async function endedAfter(client: TrinoClient, at: number): Promise<number> {
  const sql = `SELECT count_if(state NOT IN ('FINISHED', 'FAILED')), CAST(1000 * max(to_unixtime("end")) AS BIGINT)
    FROM system.runtime.queries
    WHERE created BETWEEN from_unixtime(${at} / 1e3 - 60) AND from_unixtime(${at} / 1e3 + 1)
      AND query NOT LIKE '%runtime.queries%' AND query NOT LIKE '%refresh_lock%' AND query <> 'ROLLBACK'`;
  for (let waited = 0; waited < 30_000; waited += 200) {
    const [[running, ended] = []] = (await client.all(sql)).rows;
    if (running === 0n) return Math.max(0, Number(ended) - at);
    await sleep(200);
  }
  throw new Error('The cluster still runs what was cancelled.');
}

/** Expects a Cancel to have been quick, and prints how quick it was. @param returned milliseconds until the caller went on */
export async function expectCancelled(what: string, client: TrinoClient, at: number, returned: number): Promise<void> {
  const ended = await endedAfter(client, at);
  process.stdout.write(`Cancel of ${what}: back after ${returned} ms, ended on the cluster after ${ended} ms.\n`);
  if (Math.max(returned, ended) > mostCancelMs())
    throw new Error(`Cancel took ${returned} ms, on the cluster ${ended}.`);
}
