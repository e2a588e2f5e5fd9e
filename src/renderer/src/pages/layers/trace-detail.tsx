import { Footprints } from 'lucide-react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { Trace, TracedModel, TraceSubject } from '../../../../contract/trace';
import type { Model } from '../../../../contract/warehouse';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { ResultView } from '../../results/result-view';
import { useResult } from '../../results/session/use-result';
import { ShowSqlButton } from '../../console/show-sql-button';

interface TraceDetailProps {
  readonly model: Model;
  readonly subject: TraceSubject;
  /** Null until loaded. */
  readonly trace: Trace | null;
  readonly error: ErrorReport | null;
  readonly onRetry: () => void;
}

const nameOf = ({ kind, id }: TraceSubject): string => `${kind} ${id}`;

/** The rows of one model that belong to the traced user or team. */
export function TraceDetail({ model, subject, trace, error, onRetry }: TraceDetailProps) {
  const formats = useFormats();
  const found = trace?.models.find((candidate) => candidate.model === model.name);
  if (error) return <ErrorNotice error={error} onRetry={onRetry} className="m-4" />;
  if (!trace) {
    return (
      <>
        <Story>{`Searching every model for ${nameOf(subject)}…`}</Story>
        <SkeletonRows rows={20} />
      </>
    );
  }
  if (!found || found.sql === null) {
    return (
      <EmptyState icon={Footprints} title="Can’t be traced here">
        {model.built
          ? 'This model has no user or team column and isn’t derived from silver_events alone.'
          : 'This model isn’t built yet. Refresh, then trace again.'}
      </EmptyState>
    );
  }
  return (
    <>
      <Story>{sentenceOf(model, subject, trace, found, formats)}</Story>
      <TracedRows sql={found.sql} subject={subject} rows={found.rows} />
    </>
  );
}

function Story({ children }: { children: string }) {
  return (
    <p role="status" className="mt-1.5 shrink-0 border-y border-line bg-accent-soft px-4 py-1.5 text-small">
      {children}
    </p>
  );
}

function TracedRows({ sql, subject, rows }: { sql: string; subject: TraceSubject; rows: number }) {
  const formats = useFormats();
  const state = useResult(sql);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1">
        <ResultView state={state} empty={`No rows for ${nameOf(subject)}.`} />
      </div>
      <div className="flex shrink-0 items-center justify-between border-t border-line bg-sunken pr-1 pl-4 text-small text-ink-soft">
        {formats.amount(rows, 'row')}
        <ShowSqlButton sql={sql} />
      </div>
    </div>
  );
}

/** A sentence about how the rows relate to the subject. */
function sentenceOf(
  { name, layer, built }: Model,
  subject: TraceSubject,
  trace: Trace,
  found: TracedModel,
  formats: Formats,
): string {
  const whom = nameOf(subject);
  const all = formats.amount(built?.rows ?? 0, 'row');
  if (found.rows === 0) return `${name} has no rows for ${whom}.`;
  if (found.how === 'counted') {
    return `${name} is an aggregate. Each row compares ${whom} with everyone: ${formats.count(found.rows)} of ${all}.`;
  }
  if (found.how === 'team') return `${name} has teams only. These are the rows of the teams ${whom} was in.`;
  const drops = trace.dropped.filter(({ rows }) => rows > 0);
  const named = `${formats.count(found.rows)} of ${all} belong to ${whom}.`;
  if (layer !== 'bronze' || drops.length === 0) return named;
  const dropped = drops.map(({ rule, rows }) => `${formats.count(rows)} by ${rule}`).join(', ');
  return `${named} Silver drops ${dropped}; dropped rows are listed first.`;
}
