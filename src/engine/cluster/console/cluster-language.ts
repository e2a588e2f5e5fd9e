import type { ClusterContents, ClusterFunction, ClusterName, ClusterSettings } from '../../../contract/cluster';
import { quoteIdentifier } from '../../sql/quote';
import type { TrinoClient } from '../../trino/client';
import type { TrinoRow } from '../../trino/values';

/** Longer lists are cut: nobody scrolls through them, and each letter that is typed asks for fewer. */
const mostNames = 5_000;

type NameSettings = Pick<ClusterSettings, 'resultsCatalog' | 'resultsSchema'>;

/**
 * Functions and names for completion, from the server. Each list is read once per session; one that could not be read is
 * asked for again.
 */
export class ClusterLanguage {
  readonly #lists = new Map<string, Promise<string[][]>>();

  constructor(
    private readonly client: TrinoClient,
    private readonly settings: NameSettings,
  ) {}

  /** Every function that the user may call, with its signatures, by name. */
  async functions(): Promise<ClusterFunction[]> {
    const byName = new Map<string, { signatures: string[]; description: string | null }>();
    for (const [name = '', returns = '', parameters = '', , , description = ''] of await this.#list('SHOW FUNCTIONS')) {
      const known = byName.get(name) ?? { signatures: [], description: description || null };
      known.signatures.push(`${name}(${parameters}) -> ${returns}`);
      byName.set(name, known);
    }
    return [...byName].map(([name, known]) => ({ name, ...known }));
  }

  /**
   * Names that can follow `path` and a dot. Without a path: the catalogs, and the schemas and tables that need none.
   * @param path without quotes: a catalog, a schema of the default catalog, or a catalog and a schema
   */
  async names(path: readonly string[]): Promise<ClusterName[]> {
    const { resultsCatalog: catalog, resultsSchema: schema } = this.settings;
    const [first, second] = path;
    if (first === undefined) {
      const own = await Promise.all([this.#catalogs(), this.#schemas(catalog), this.#tables(catalog, schema)]);
      return own.flat();
    }
    if (second === undefined) {
      const found = await Promise.allSettled([this.#schemas(first), this.#tables(catalog, first)]);
      return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    }
    return path.length === 2 ? this.#tables(first, second) : [];
  }

  /**
   * Everything in a place of the cluster: the catalogs, or the schemas of a catalog, the tables of a schema, the columns
   * of a table. Long lists are cut.
   * @param path without quotes, from the catalog on; empty for the catalogs
   * @throws AppError if the server doesn't tell, e.g. for lack of rights
   */
  async contents(path: readonly string[]): Promise<ClusterContents> {
    const names = await this.#contents(path);
    return { names, truncated: names.length >= mostNames };
  }

  /** Forgets what has been read, so that it is asked for again. */
  forget(): void {
    this.#lists.clear();
  }

  /** The columns of a table. @param path its name, with or without schema and catalog */
  async columns(path: readonly string[]): Promise<ClusterName[]> {
    const { resultsCatalog, resultsSchema } = this.settings;
    const defaults = [resultsCatalog, resultsSchema].slice(0, Math.max(0, 3 - path.length));
    const rows = await this.#list(`SHOW COLUMNS FROM ${[...defaults, ...path].map(quoteIdentifier).join('.')}`);
    return rows.map(([name = '', type = '']) => ({ name, kind: 'column', type }));
  }

  #contents(path: readonly string[]): Promise<ClusterName[]> {
    const [catalog, schema, table] = path;
    if (catalog === undefined) return this.#catalogs();
    if (schema === undefined) return this.#schemas(catalog);
    return table === undefined ? this.#tables(catalog, schema) : this.columns(path);
  }

  async #catalogs(): Promise<ClusterName[]> {
    return namesOf('catalog', await this.#list('SHOW CATALOGS'));
  }

  async #schemas(catalog: string): Promise<ClusterName[]> {
    return namesOf('schema', await this.#list(`SHOW SCHEMAS FROM ${quoteIdentifier(catalog)}`));
  }

  async #tables(catalog: string, schema: string): Promise<ClusterName[]> {
    const place = `${quoteIdentifier(catalog)}.${quoteIdentifier(schema)}`;
    return namesOf('table', await this.#list(`SHOW TABLES FROM ${place}`));
  }

  #list(sql: string): Promise<string[][]> {
    const known = this.#lists.get(sql);
    if (known) return known;
    const reading = this.#read(sql);
    this.#lists.set(sql, reading);
    reading.catch(() => this.#lists.delete(sql));
    return reading;
  }

  async #read(sql: string): Promise<string[][]> {
    const rows: string[][] = [];
    for await (const page of this.client.pages(sql)) {
      for (const row of page.rows) rows.push(textsOf(row));
      if (rows.length >= mostNames) break;
    }
    return rows.slice(0, mostNames);
  }
}

function namesOf(kind: ClusterName['kind'], rows: readonly string[][]): ClusterName[] {
  return rows.map(([name = '']) => ({ name, kind, type: null }));
}

function textsOf(row: TrinoRow): string[] {
  return row.map((value) => (typeof value === 'string' ? value : ''));
}
