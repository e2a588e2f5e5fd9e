import { Flame } from 'lucide-react';
import type { Plan, PlanNode } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { useResultQuery } from '../session/use-result-query';
import type { StatementOptions } from '../session/query-session';
import { ParquetFiles } from './parquet-files';
import { sum } from '../../../../contract/sum';

export interface PlanViewProps {
  readonly client: WarehouseClient;
  /** The result of the statement. */
  readonly resultId: string;
  readonly sessionId: string;
  readonly sql: string;
  /** The values of the statement's parameters. */
  readonly parameters: StatementOptions['parameters'];
}

/** Runs a statement under EXPLAIN ANALYZE and shows the work of its operators. */
export function PlanView({ client, resultId, sessionId, sql, parameters }: PlanViewProps) {
  const { answer, error, pending } = useResultQuery(resultId, ['plan', { sql, parameters }], (signal) =>
    client.results.explain({ sessionId, sql, parameters }, { signal }),
  );
  if (error) return <ErrorNotice error={error} className="m-4" />;
  if (!answer || pending) return <SkeletonRows rows={8} />;
  return <PlanTree plan={answer} />;
}

/** The operators of a plan, with their time and rows. */
export function PlanTree({ plan }: { plan: Plan }) {
  const formats = useFormats();
  const times = all(plan.root).map(({ ms }) => ms);
  const total = Math.max(1e-6, sum(times));
  return (
    <div className="h-full overflow-auto p-4">
      <p className="mb-2 text-small text-ink-soft">
        Re-ran in {formats.duration(plan.totalMs)} ({formats.duration(plan.cpuMs)} CPU). Read from the bottom up.
      </p>
      <ParquetFiles reads={plan.parquet} />
      <ul role="tree" aria-label="Plan">
        <PlanItem node={plan.root} total={total} hottest={Math.max(...times)} />
      </ul>
    </div>
  );
}

function PlanItem({ node, total, hottest }: { node: PlanNode; total: number; hottest: number }) {
  const formats = useFormats();
  const hot = node.ms === hottest;
  const share = node.ms / total;
  return (
    <li role="treeitem" aria-expanded={node.children.length > 0 ? true : undefined}>
      <div
        className={classNames(
          'mb-1.5 max-w-3xl rounded-medium border px-3 py-1.5',
          hot ? 'border-warn/50 bg-warn-soft' : 'border-line bg-surface',
        )}
      >
        <div className="flex items-baseline gap-3">
          <span className="font-semibold">{node.name}</span>
          {hot && (
            <span className="inline-flex items-center gap-1 self-center text-small font-medium text-warn">
              <Flame size={13} aria-hidden /> hottest
            </span>
          )}
          <span className="ml-auto text-small">{formatMs(node.ms, formats)}</span>
          <span className="w-12 text-right text-small text-ink-soft">{formats.percent(share)}</span>
          <span className="w-32 text-right text-small">{formats.amount(node.rows, 'row')}</span>
        </div>
        <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-selected">
          <div className={classNames('h-full', hot ? 'bg-warn' : 'bg-accent')} style={{ width: `${share * 100}%` }} />
        </div>
        <Reading node={node} />
        {node.details.length > 0 && (
          <dl className="mt-1 text-small">
            {node.details.map(({ name, value }) => (
              <div key={name} className="flex gap-2">
                <dt className="shrink-0 text-ink-faint">{name}</dt>
                <dd className="min-w-0 truncate font-mono text-micro leading-4 select-text" title={value}>
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {node.children.length > 0 && (
        <ul role="group" className="ml-3 border-l border-line-strong pl-4">
          {node.children.map((child) => (
            <PlanItem key={keyOf(child)} node={child} total={total} hottest={hottest} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Number of Parquet files read, and of those that were pruned. */
function Reading({ node: { files } }: { node: PlanNode }) {
  const formats = useFormats();
  if (!files) return null;
  const { read, total } = files;
  return (
    <p className="mt-1 text-small">
      {formats.count(read)} of {formats.amount(total, 'Parquet file')}
      {total > read && `, ${formats.count(total - read)} pruned`}
    </p>
  );
}

/** Siblings differ in these details. */
function keyOf({ name, ms, rows, details }: PlanNode): string {
  return `${name} ${ms} ${rows} ${details.map(({ value }) => value).join(' ')}`;
}

function all(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(all)];
}

function formatMs(ms: number, formats: Formats): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : formats.duration(ms);
}
