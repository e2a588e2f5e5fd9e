import type { Engine, Model } from '../../../contract/warehouse';

/** One of the app's own statements, with the engine that has the tables it reads. */
export interface PlacedSql {
  readonly on: Engine;
  /** In the SQL of that engine. */
  readonly sql: string;
}

/** The text of a statement for both engines. */
export interface StatementTexts {
  readonly sql: string;
  /** The text that stands for `sql` on Trino; null where one text is for both. */
  readonly trinoSql?: string | null;
}

/**
 * Places a statement: on the cluster if a model that it reads has its rows only there, otherwise on this machine.
 * @param reads names of the models that it reads; other names are tables of this machine
 */
export function placed(
  { sql, trinoSql = null }: StatementTexts,
  reads: readonly string[],
  models: readonly Pick<Model, 'name' | 'onCluster'>[],
): PlacedSql {
  const isAway = models.some(({ name, onCluster }) => onCluster !== null && reads.includes(name));
  return isAway ? { on: 'cluster', sql: trinoSql ?? sql } : { on: 'local', sql };
}
