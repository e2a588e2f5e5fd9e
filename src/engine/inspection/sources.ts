import type { DuckDBConnection } from '@duckdb/node-api';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { AppError, cancelled } from '../../contract/app-error';
import { columnSchema, type Column } from '../../contract/column-type';
import type { Source, SourceFiles, SourceProfile } from '../../contract/sources';
import type { Model } from '../../contract/warehouse';
import type { Database } from '../database/database';
import { lookAt, PathChecks } from '../fs/path-checks';
import type { Console } from '../console/console';
import { profileValues } from '../results/profile';
import { dropTable, tableColumns } from '../results/result-table';
import { quoteIdentifier, quotePath } from '../sql/quote';
import { readRows } from '../sql/read-rows';
import { rowsTableOf } from '../sql/result-names';
import type { Workspace } from '../workspace';
import { readInterruptibly, type InspectionOptions } from './read-interruptibly';
import { profileModelColumn } from './profile';
import { listSourceFiles, readerOf } from './source-files';

/** Rows that a profile reads at most: enough for shares and shapes, few enough for a list of columns. */
const mostRows = 200_000;
/** After that time a profile is given up: a view may compute anything. */
const mostMs = 5_000;

export interface SourceProfileOptions extends InspectionOptions {
  /** Other bounds, for tests. */
  readonly rows?: number;
  readonly ms?: number;
}

/** The sources that SQL can read, for the console's tree: files, their columns, and profiles of columns. */
export class SourceInspection {
  /** Profiles are computed one at a time, so that they don't delay the user's own queries. */
  #profiles: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly workspace: Workspace,
    private readonly database: Database,
    private readonly readModels: () => Promise<Model[]>,
    private readonly sessions: Pick<Console, 'read'>,
  ) {}

  /** The files of the workspace that SQL can read. */
  files(): Promise<SourceFiles> {
    return listSourceFiles(this.workspace);
  }

  /** The columns of a file. @throws AppError INVALID_OPTIONS, SQL_ERROR for a file that DuckDB can't read, CANCELLED */
  async columns(file: string, { signal }: InspectionOptions = {}): Promise<Column[]> {
    const from = await this.#fromFile(file);
    return readInterruptibly(this.database, signal, (connection) =>
      readRows(
        connection,
        `SELECT column_name AS name, column_type AS type FROM (DESCRIBE FROM ${from})`,
        columnSchema,
      ),
    );
  }

  /**
   * The profile of a column.
   * @throws AppError INVALID_OPTIONS for an unknown one, SQL_ERROR, CANCELLED also if it takes too long
   */
  async profile(source: Source, column: string, options: SourceProfileOptions = {}): Promise<SourceProfile> {
    const turn = this.#profiles.then(() => this.#profile(source, column, options));
    this.#profiles = turn.catch(() => undefined);
    return turn;
  }

  async #profile(
    source: Source,
    column: string,
    { signal, rows = mostRows, ms = mostMs }: SourceProfileOptions,
  ): Promise<SourceProfile> {
    if (signal?.aborted) throw cancelled();
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    signal?.addEventListener('abort', leave, { once: true });
    const timer = setTimeout(leave, ms);
    try {
      if (source.kind === 'temporary') {
        const from = `temp.${quoteIdentifier(source.name)}`;
        const read = (connection: DuckDBConnection) => profileFirstRows(from, column, rows, connection);
        return await this.sessions.read(source.sessionId, read, { signal: leaving.signal });
      }
      const model = source.kind === 'table' ? await this.#modelOf(source) : undefined;
      const from = source.kind === 'file' ? await this.#fromFile(source.path) : tableSql(source);
      return await readInterruptibly(this.database, leaving.signal, async (connection) =>
        model?.built?.columns.some(({ name }) => name === column)
          ? {
              ...(await profileModelColumn(model, column, connection, { everything: false, enough: rows })),
              firstRows: null,
            }
          : profileFirstRows(from, column, rows, connection),
      );
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }

  async #modelOf({ schema, name }: Extract<Source, { kind: 'table' }>): Promise<Model | undefined> {
    if (schema !== 'main') return undefined;
    return (await this.readModels()).find((model) => model.name === name);
  }

  /** A file for a FROM clause: one of those that {@link files} could list. */
  async #fromFile(file: string): Promise<string> {
    const reader = readerOf(file);
    const place = path.join(this.workspace.folder, file);
    const checks = new PathChecks(this.workspace);
    if (reader === null || checks.nameOf(place) !== file) throw noSource(file);
    await checks.checkParents(place);
    // Not a link, and not a pipe, which DuckDB would wait for.
    if (!(await lookAt(place))?.isFile()) throw noSource(file);
    return `${reader}(${quotePath(place)})`;
  }
}

function noSource(file: string): AppError {
  return new AppError('INVALID_OPTIONS', `${file} is not a file of the workspace that SQL can read.`, {
    action: 'Choose a Parquet, CSV or JSON file of the workspace.',
  });
}

const tableSql = ({ schema, name }: Extract<Source, { kind: 'table' }>): string =>
  `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;

async function profileFirstRows(
  from: string,
  name: string,
  most: number,
  connection: DuckDBConnection,
): Promise<SourceProfile> {
  const value = `t.${quoteIdentifier(name)}`;
  // The connection may be that of a tab: the name is one that no list of tables shows.
  const table = rowsTableOf(randomUUID());
  const stored = `temp.${quoteIdentifier(table)}`;
  await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} AS SELECT ${value} FROM ${from} t LIMIT ${most}`);
  const [column] = await tableColumns(table, connection);
  const read = { from: `${stored} t`, value };
  const profile = await profileValues(column ?? { name, type: '' }, read, { from: `${from} t`, value }, connection);
  await dropTable(table, connection);
  return { ...profile, sample: null, firstRows: profile.rows >= most ? most : null };
}
