import type { Result } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import { useResultQuery } from '../session/use-result-query';

/** The output of EXPLAIN: a text drawing in a single cell. */
export function PlanText({ client, result: { resultId, columns } }: { client: WarehouseClient; result: Result }) {
  const column = columns.length - 1;
  const cell = { row: 0, column };
  const { answer, error } = useResultQuery(resultId, ['cell', cell], (signal) =>
    client.results.cell({ resultId, ...cell }, { signal }),
  );
  if (error) return <ErrorNotice error={error} className="m-4" />;
  if (!answer) return <SkeletonRows rows={8} />;
  return (
    <pre aria-label="Plan" tabIndex={0} className="h-full overflow-auto p-4 font-mono text-small select-text">
      {answer.text}
    </pre>
  );
}
