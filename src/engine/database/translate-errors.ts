import {
  DuckDBAppender,
  DuckDBConnection,
  DuckDBExtractedStatements,
  DuckDBPendingResult,
  DuckDBPreparedStatement,
} from '@duckdb/node-api';

/** The classes of DuckDB's API whose methods run work in DuckDB. */
const workers = [
  DuckDBConnection,
  DuckDBExtractedStatements,
  DuckDBPreparedStatement,
  DuckDBPendingResult,
  DuckDBAppender,
];

/**
 * Passes every error that DuckDB reports on a connection, and on all objects created from it, through `translate`.
 * @param translate called before the caller sees the error; its result is thrown instead
 */
export function translateErrors(
  connection: DuckDBConnection,
  translate: (error: unknown) => unknown,
): DuckDBConnection {
  return guard(connection, translate);
}

function guard<T extends object>(target: T, translate: (error: unknown) => unknown): T {
  return new Proxy(target, {
    get(_, property) {
      // Getters and methods run on the object itself: DuckDB's native part doesn't accept a proxy.
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        try {
          const result: unknown = Reflect.apply(member, target, args);
          if (!(result instanceof Promise)) return guardResult(result, translate);
          return result.then(
            (value: unknown) => guardResult(value, translate),
            (error: unknown) => {
              throw translate(error);
            },
          );
        } catch (error) {
          throw translate(error);
        }
      };
    },
  });
}

function guardResult(result: unknown, translate: (error: unknown) => unknown): unknown {
  const isWorker = typeof result === 'object' && result !== null && workers.some((kind) => result instanceof kind);
  return isWorker ? guard(result, translate) : result;
}
