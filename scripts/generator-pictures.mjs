/**
 * Draws the pictures of docs/generator.md from real data: a run for each option, and its effect on the rows per week
 * (or on whatever the option changes). Run after a build: node scripts/generator-pictures.mjs
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const images = path.resolve('docs/images/generator');
const root = mkdtempSync(path.join(os.tmpdir(), 'micro-warehouse-pictures-'));
const year = ['--rows', '200000', '--start', '2024-01-01', '--end', '2024-12-29', '--teams', '200', '--users', '5000'];
const weeks = "SELECT date_trunc('week', date) AS x, count(*) AS y FROM events GROUP BY x ORDER BY x";
const weekly = (where) =>
  `SELECT date_trunc('week', date) AS x, 100.0 * count(*) FILTER (${where}) / count(*) AS y FROM events GROUP BY x ORDER BY x`;

/** @type {readonly (readonly [name: string, title: string, options: readonly string[], sql: string])[]} */
const pictures = [
  ['realistic', 'Events a week, realistic', [], weeks],
  ['seed', 'Events a week, realistic, seed=43', ['--seed', '43'], weeks],
  ['uniform', 'Events a week, uniform', ['--profile', 'uniform'], weeks],
  [
    'days',
    'Events a day, four weeks',
    [],
    "SELECT date AS x, count(*) AS y FROM events WHERE date BETWEEN '2024-09-02' AND '2024-09-29' GROUP BY x ORDER BY x",
  ],
  [
    'hours',
    'Events by hour of the day',
    [],
    'SELECT hour(event_time) AS x, count(*) AS y FROM events GROUP BY x ORDER BY x',
  ],
  [
    'teams',
    'Events of the 60 largest teams',
    [],
    'SELECT team_id AS x, count(*) AS y FROM events GROUP BY x ORDER BY y DESC LIMIT 60',
  ],
  [
    'sign-ups',
    'Teams seen for the first time, by week',
    [],
    "SELECT date_trunc('week', first) AS x, count(*) AS y FROM (SELECT min(date) AS first FROM events GROUP BY team_id) GROUP BY x ORDER BY x",
  ],
  [
    'funnel',
    'Sessions with search, page_view, add_to_cart, checkout, purchase',
    [],
    "SELECT list_position(['search', 'page_view', 'add_to_cart', 'checkout', 'purchase'], event_name) AS x, count(DISTINCT properties->>'session_id') AS y FROM events WHERE x IS NOT NULL GROUP BY x ORDER BY x",
  ],
  ['launch', 'launch=2024-06-03*1.8', ['--launch', '2024-06-03*1.8'], weeks],
  [
    'outage',
    'outage=2024-09-18, events a day',
    ['--outage', '2024-09-18'],
    "SELECT date AS x, count(*) AS y FROM events WHERE date BETWEEN '2024-09-02' AND '2024-09-29' GROUP BY x ORDER BY x",
  ],
  [
    'churn',
    'churn=2024-03@2024-08-05: teams first seen in March, active by week',
    ['--churn', '2024-03@2024-08-05'],
    "SELECT date_trunc('week', date) AS x, count(DISTINCT team_id) AS y FROM events WHERE team_id IN (SELECT team_id FROM events GROUP BY team_id HAVING min(date) BETWEEN '2024-03-01' AND '2024-03-31') GROUP BY x ORDER BY x",
  ],
  ['null-users', 'null-users=0.05: % of the rows', ['--null-users', '0.05'], weekly('user_id IS NULL')],
  [
    'empty-properties',
    'empty-properties=0.05: % of the rows',
    ['--empty-properties', '0.05'],
    weekly("properties = ''"),
  ],
  [
    'late-events',
    'late-events=0.05: rows by days of delay',
    ['--late-events', '0.05'],
    'SELECT date - event_time::DATE AS x, count(*) AS y FROM events WHERE x > 0 GROUP BY x ORDER BY x',
  ],
  [
    'malformed-json',
    'malformed-json=0.05: % of the rows',
    ['--malformed-json', '0.05'],
    weekly('NOT json_valid(properties)'),
  ],
  [
    'duplicates',
    'duplicates=0.05: % of the rows',
    ['--duplicates', '0.05'],
    "SELECT x, 100.0 * (sum(n) - count(*)) / sum(n) AS y FROM (SELECT date_trunc('week', date) AS x, count(*) AS n FROM events GROUP BY date, event_time, user_id, event_name, properties) GROUP BY x ORDER BY x",
  ],
  [
    'schema-drift',
    'schema-drift=2024-07-01*0.3: % of the rows',
    ['--schema-drift', '2024-07-01*0.3'],
    weekly("properties LIKE '%app_version%'"),
  ],
  [
    'weights',
    'weights=purchase:3: purchases a week',
    ['--weights', 'purchase:3'],
    "SELECT date_trunc('week', date) AS x, count(*) AS y FROM events WHERE event_name = 'purchase' GROUP BY x ORDER BY x",
  ],
];

const megabytes = 'SELECT sum(total_compressed_size) / 1e6 AS y FROM footers';
const month = ['--start', '2024-01-01', '--end', '2024-01-31'];

/**
 * One bar for each of several runs.
 * @type {readonly (readonly [name: string, title: string, sql: string, option: string, values: readonly string[], others: readonly string[]])[]}
 */
const comparisons = [
  ['users', 'Events of a user, by users', 'SELECT count(*) / count(DISTINCT user_id) AS y FROM events', '--users', ['500', '5000', '50000'], []],
  ['team-count', 'Share of the largest team in %, by teams', 'SELECT 100 * max(n) / sum(n) AS y FROM (SELECT count(*) AS n FROM events GROUP BY team_id)', '--teams', ['10', '200', '2000'], []],
  ['compression', 'Megabytes of 200,000 rows of a month, by compression', megabytes, '--compression', ['none', 'snappy', 'zstd'], month],
  ['row-groups', 'Row groups of a file, by row-group-rows', 'SELECT count(DISTINCT row_group_id) AS y FROM footers', '--row-group-rows', ['10240', '51200', '122880'], ['--start', '2024-01-01', '--end', '2024-01-01']],
]; // prettier-ignore

function amountOf(value) {
  return value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

/** Bars over a zero line, labelled with the largest value; readable on light and dark pages. */
function svg(title, values, names = []) {
  const [width, height, base] = [480, 120, 104];
  const most = Math.max(...values);
  const step = width / values.length;
  const bars = values.map((value, index) => {
    const size = (value / most) * 78;
    return `<rect x="${(index * step + step * 0.1).toFixed(1)}" y="${(base - size).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${size.toFixed(1)}"/>`;
  });
  const texts = names.map((name, index) => {
    const value = values[index] ?? 0;
    return `<text x="${((index + 0.5) * step).toFixed(1)}" y="117" text-anchor="middle">${name}: ${amountOf(value)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}"><g fill="#4f7fd6">${bars.join('')}</g><path d="M0 ${base}H${width}" stroke="#888"/><g fill="#888" font-family="sans-serif" font-size="11"><text x="0" y="14">${title}</text><text x="${width}" y="14" text-anchor="end">max ${amountOf(most)}</text>${texts.join('')}</g></svg>\n`;
}

/** The result of SQL on a run with these options; `y` of each row. */
async function measure(name, options, sql) {
  const folder = path.join(root, name);
  execFileSync(process.execPath, ['out/main/cli.js', 'generate', ...year, ...options, '-w', folder], {
    stdio: 'ignore',
  });
  const files = `'${folder}/data/events/date=*/events-*.parquet'`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW events AS FROM read_parquet(${files})`);
  await connection.run(`CREATE VIEW footers AS FROM parquet_metadata(${files})`);
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  instance.closeSync();
  return rows.map(({ y }) => Number(y));
}

mkdirSync(images, { recursive: true });
try {
  for (const [name, title, options, sql] of pictures) {
    writeFileSync(path.join(images, `${name}.svg`), svg(title, await measure(name, options, sql)));
  }
  for (const [name, title, sql, option, values, others] of comparisons) {
    const measured = [];
    for (const value of values) {
      const [bar = 0] = await measure(`${name}-${value}`, [...others, option, value], sql);
      measured.push(bar);
    }
    writeFileSync(path.join(images, `${name}.svg`), svg(title, measured, values));
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
