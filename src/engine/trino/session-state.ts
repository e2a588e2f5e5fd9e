import type { IncomingHttpHeaders } from 'node:http';
import type { TrinoConnection } from './connection';

/** What SET SESSION, USE and PREPARE change: the server keeps no sessions, so each statement carries them. */
export class SessionState {
  #catalog: string | undefined;
  #schema: string | undefined;
  readonly #properties: Map<string, string>;
  readonly #prepared = new Map<string, string>();

  constructor({
    catalog,
    schema,
    sessionProperties = {},
  }: Pick<TrinoConnection, 'catalog' | 'schema' | 'sessionProperties'>) {
    this.#catalog = catalog;
    this.#schema = schema;
    this.#properties = new Map(
      Object.entries(sessionProperties).map(([name, value]) => [name, encodeURIComponent(value)]),
    );
  }

  /** Headers of the next statement. */
  headers(): Record<string, string> {
    return {
      ...(this.#catalog !== undefined && { 'x-trino-catalog': this.#catalog }),
      ...(this.#schema !== undefined && { 'x-trino-schema': this.#schema }),
      ...(this.#properties.size > 0 && { 'x-trino-session': pairs(this.#properties) }),
      ...(this.#prepared.size > 0 && { 'x-trino-prepared-statement': pairs(this.#prepared) }),
    };
  }

  /** Follows the changes that an answer asks for. Values stay in the server's encoding. */
  follow(headers: IncomingHttpHeaders): void {
    this.#catalog = list(headers['x-trino-set-catalog'])[0] ?? this.#catalog;
    this.#schema = list(headers['x-trino-set-schema'])[0] ?? this.#schema;
    for (const pair of list(headers['x-trino-set-session'])) put(this.#properties, pair);
    for (const name of list(headers['x-trino-clear-session'])) this.#properties.delete(name);
    for (const pair of list(headers['x-trino-added-prepare'])) put(this.#prepared, pair);
    for (const name of list(headers['x-trino-deallocated-prepare'])) this.#prepared.delete(name);
  }
}

/** Repeated headers are joined by commas, which encoded values don't contain. */
function list(header: string | string[] | undefined): string[] {
  return (Array.isArray(header) ? header : (header?.split(',') ?? [])).map((each) => each.trim()).filter(Boolean);
}

function put(into: Map<string, string>, pair: string): void {
  const [name = '', ...value] = pair.split('=');
  into.set(name, value.join('='));
}

function pairs(of: ReadonlyMap<string, string>): string {
  return [...of].map(([name, value]) => `${name}=${value}`).join(',');
}
