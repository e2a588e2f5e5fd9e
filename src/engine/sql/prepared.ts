import type { DuckDBConnection, DuckDBExtractedStatements, DuckDBPreparedStatement } from '@duckdb/node-api';

/*
 * The one module that prepares statements; the linter forbids it elsewhere. A prepared statement is lent to a function
 * and destroyed when that function ends, also after errors. The garbage collector sees none of DuckDB's memory, so
 * statements that are left to it would pile up.
 */

/** Uses a prepared statement while it is lent. */
type WithPrepared<T> = (prepared: DuckDBPreparedStatement) => T | Promise<T>;

/** The statements that DuckDB's parser finds in a text. Nothing has been bound. */
export class ExtractedStatements {
  constructor(private readonly statements: DuckDBExtractedStatements) {}

  get count(): number {
    return this.statements.count;
  }

  /**
   * Prepares one of the statements, lends it to `work` and destroys it.
   * @throws DuckDB's error where it can't be bound; any error of `work`
   */
  async withPrepared<T>(index: number, work: WithPrepared<T>): Promise<T> {
    return lend(await this.statements.prepare(index), work);
  }
}

/**
 * Has DuckDB parse SQL without binding it.
 * @throws DuckDB's error for a syntax error
 */
export async function extractStatements(sql: string, connection: DuckDBConnection): Promise<ExtractedStatements> {
  return new ExtractedStatements(await connection.extractStatements(sql));
}

/** Whether SQL agrees with DuckDB's grammar. */
export async function parses(sql: string, connection: DuckDBConnection): Promise<boolean> {
  return connection.extractStatements(sql).then(
    () => true,
    () => false,
  );
}

/**
 * Prepares the one statement of `sql`, lends it to `work` and destroys it.
 * @throws DuckDB's error where it can't be parsed or bound; any error of `work`
 */
export async function withPrepared<T>(sql: string, connection: DuckDBConnection, work: WithPrepared<T>): Promise<T> {
  return lend(await connection.prepare(sql), work);
}

async function lend<T>(prepared: DuckDBPreparedStatement, work: WithPrepared<T>): Promise<T> {
  try {
    return await work(prepared);
  } finally {
    prepared.destroySync();
  }
}
