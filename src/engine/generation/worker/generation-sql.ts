import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { daysBetween } from '../../../contract/calendar';
import { type Recipe } from '../../../contract/recipe';
import { storyOf } from '../plan/story';

/** The SQL that makes a recipe's events. */
export interface GenerationSql {
  /** Creates the table `blocks` from the parameter `$days`. */
  readonly blocks: string;
  /** Selects the rows of `blocks` as they are written. */
  readonly events: string;
}

/** Prepares a connection to generate the events of a recipe. @param folder with the `.sql` files */
export async function prepareGeneration(
  connection: DuckDBConnection,
  recipe: Recipe,
  folder: string,
): Promise<GenerationSql> {
  const read = (name: string) => readFile(path.join(folder, `${name}.sql`), 'utf8');
  const [hashing, lookups, blocks, events, mess] = await Promise.all(
    ['hashing', `${recipe.profile}-lookups`, 'blocks', recipe.profile, 'mess'].map(read),
  );
  // Otherwise the rows may become the build side of a join with a lookup table: five times slower, and all in memory.
  await connection.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
  await setVariables(connection, recipe);
  await connection.run(`${hashing};\n${lookups}`);
  const messy = isMessy(recipe);
  return {
    blocks: blocks ?? '',
    events: messy
      ? `WITH events AS (\n${events}\n)\nFROM (\n${mess}\n)`
      : `SELECT event_time, user_id, team_id, event_name, properties, date FROM (\n${events}\n)`,
  };
}

/** Whether any row may be wrong on purpose. */
export function isMessy({ mess }: Recipe): boolean {
  const { schemaDrift, ...rates } = mess;
  return schemaDrift !== null || Object.values(rates).some((rate) => rate > 0);
}

async function setVariables(connection: DuckDBConnection, recipe: Recipe): Promise<void> {
  const { seed, users, teams, mess, planted } = recipe;
  const story = storyOf(recipe);
  const dayOf = (date: string) => daysBetween(story.start, date) - 1;
  const churn = planted.churn && {
    from: dayOf(`${planted.churn.signedUp}-01`),
    to: dayOf(nextMonth(planted.churn.signedUp)),
    day: dayOf(planted.churn.date),
  };
  const never = 10_000_000;
  const integers = {
    seed, users, teams, story_days: daysBetween(story.start, story.end),
    churn_from: churn?.from ?? never, churn_to: churn?.to ?? never, churn_day: churn?.day ?? never,
  }; // prettier-ignore
  const shares = {
    duplicates: mess.duplicates, null_users: mess.nullUsers, empty_properties: mess.emptyProperties,
    late_events: mess.lateEvents, malformed_json: mess.malformedJson, drift_rate: mess.schemaDrift?.rate ?? 0,
  }; // prettier-ignore
  const dates = {
    story_start: story.start,
    first_day: story.start,
    drift_start: mess.schemaDrift?.date ?? '9999-12-31',
  };
  for (const [type, values] of Object.entries({ BIGINT: integers, DOUBLE: shares, DATE: dates })) {
    const settings = Object.entries(values).map(([name, value]) => `SET VARIABLE ${name} = '${value}'::${type}`);
    await connection.run(settings.join(';'));
  }
  const weights = Object.entries(recipe.weights).map(([name, weight]) => `'${name}': ${weight}`);
  await connection.run(`SET VARIABLE weights = MAP {${weights.join(', ')}}::MAP(VARCHAR, DOUBLE)`);
}

/** @param month `YYYY-MM` */
function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
