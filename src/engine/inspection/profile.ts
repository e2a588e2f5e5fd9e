import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ModelColumnProfile } from '../../contract/result-work';
import type { Model } from '../../contract/warehouse';
import { profileValues } from '../results/profile';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';

/** Approximate number of rows read of a large model: about a second of work, enough for shares and shapes. */
const sampledRows = 1_000_000;

export interface ProfileOptions {
  /** Reads every row, however many there are. */
  readonly everything: boolean;
  /** Another sample size, for tests. */
  readonly enough?: number;
}

/**
 * The profile of one column of a model. For a large model only some evenly spread days are read, and only their files.
 */
export async function profileModelColumn(
  { name, built }: Pick<Model, 'name' | 'built'>,
  columnName: string,
  connection: DuckDBConnection,
  { everything, enough = sampledRows }: ProfileOptions,
): Promise<ModelColumnProfile> {
  const column = built?.columns.find((candidate) => candidate.name === columnName) ?? { name: columnName, type: '' };
  const days = everything ? null : await sampleOf(built, enough, connection);
  const rows = days
    ? `(SELECT * FROM ${quoteIdentifier(name)} WHERE date IN (${days.chosen.map(dateLiteral).join(', ')})) t`
    : `${quoteIdentifier(name)} t`;
  const value = `t.${quoteIdentifier(columnName)}`;
  // Several queries follow, so the rows are read into memory once, unless the values could fill it.
  const read = async () => {
    if (everything && (built?.rows ?? 0) > enough) return rows;
    await connection.run(`CREATE TEMP TABLE profiled AS SELECT ${value} FROM ${rows}`);
    return 'temp.profiled t';
  };
  const profile = await profileValues(column, { from: await read(), value }, { from: rows, value }, connection);
  return { ...profile, sample: days && { days: days.chosen.length, of: days.all } };
}

/** Days to sample; null if the model is small or has no days. */
async function sampleOf(built: Model['built'], enough: number, connection: DuckDBConnection) {
  if (!built || built.rows <= enough || !built.columns.some(({ name }) => name === 'date')) return null;
  const days = await readRows(
    connection,
    'SELECT CAST(date AS VARCHAR) AS date FROM refresh_days WHERE bronze_rows > 0 ORDER BY date',
    z.object({ date: z.string() }),
  );
  // A step of whole weeks would sample a single weekday.
  const step = awayFromWeeks(Math.ceil(built.rows / enough));
  const chosen = days.filter((_, index) => index % step === 0).map(({ date }) => date);
  return chosen.length > 0 && chosen.length < days.length ? { chosen, all: days.length } : null;
}

const dateLiteral = (date: string): string => `DATE ${quoteText(date)}`;

const awayFromWeeks = (step: number): number => (step % 7 === 0 ? step + 1 : step);
