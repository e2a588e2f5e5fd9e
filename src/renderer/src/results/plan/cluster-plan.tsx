import { useState } from 'react';
import type { WarehouseClient } from '../../client/connection';
import { ErrorNotice } from '../../components/error-notice';
import { Segmented } from '../../components/forms/segmented';
import { SkeletonRows } from '../../components/skeleton';
import { useResultQuery } from '../session/use-result-query';
import { PlanTree } from './plan-view';

const forms = [
  { value: 'tree', title: 'Tree' },
  { value: 'text', title: 'Text' },
] as const;

interface ClusterPlanProps {
  readonly client: WarehouseClient;
  /** The result of the query. */
  readonly resultId: string;
  readonly sql: string;
}

/** Runs a query on the cluster under EXPLAIN ANALYZE: the work of its operators, or the cluster's own text. */
export function ClusterPlan({ client, resultId, sql }: ClusterPlanProps) {
  const [form, setForm] = useState<(typeof forms)[number]['value']>('tree');
  const { answer, error, pending } = useResultQuery(resultId, ['cluster plan', { sql }], (signal) =>
    client.clusterConsole.explain({ sql }, { signal }),
  );
  if (error) return <ErrorNotice error={error} className="m-4" />;
  if (!answer || pending) return <SkeletonRows rows={8} />;
  const { plan, text } = answer;
  return (
    <div className="flex h-full flex-col">
      {plan && (
        <div className="px-4 pt-3">
          <Segmented label="Form of the plan" value={form} options={forms} onChange={setForm} />
        </div>
      )}
      <div className="min-h-0 flex-1">
        {plan && form === 'tree' ? (
          <PlanTree plan={plan} />
        ) : (
          <pre aria-label="Plan" tabIndex={0} className="h-full overflow-auto p-4 font-mono text-small select-text">
            {text}
          </pre>
        )}
      </div>
    </div>
  );
}
