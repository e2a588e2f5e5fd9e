import type { Engine } from '../../../../contract/warehouse';
import type { WarehouseClient } from '../../client/connection';
import type { ArrangedResult } from '../session/arranged-result';
import type { StatementOptions } from '../session/query-session';

export interface ResultPanelProps {
  readonly arranged: ArrangedResult;
  readonly client: WarehouseClient;
  /** Runs EXPLAIN in a separate session, so that the result stays readable meanwhile. */
  readonly planSessionId: string;
  /** The statement of the result. */
  readonly sql: string;
  /** Where it ran, hence its language; SQL over a statement of the cluster can't run here. */
  readonly on: Engine;
  /** The values of its parameters. */
  readonly parameters: StatementOptions['parameters'];
  /** Its duration, in words. */
  readonly took: string;
  readonly onShowSql: (sql: string) => void;
  /** Replaces the text of the query; null if there is none. */
  readonly onRewrite: ((change: (text: string) => string) => void) | null;
  /** The same, and runs it. */
  readonly onRerun: ((change: (text: string) => string) => void) | null;
}
