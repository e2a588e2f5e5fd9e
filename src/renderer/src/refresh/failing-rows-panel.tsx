import { CalendarDays, Code, SquareTerminal } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Check } from '../../../contract/refresh-summary';
import { useCheckFilter } from '../calendar/use-check-filter';
import { useConnection } from '../client/connection-context';
import { useModels, useSummary } from '../client/queries';
import type { PlacedSql } from '../cluster/placed';
import { Button } from '../components/button';
import { Notice } from '../components/notice';
import { Sheet } from '../components/overlays/sheet';
import { SkeletonRows } from '../components/skeleton';
import { useShowSql } from '../console/use-show-sql';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { goTo } from '../navigation/route';
import { ResultPanel } from '../results/panel/result-panel';
import { PlacedRows, type DoneState } from '../results/placed/placed-rows';
import { CheckStanding } from './check-standing';
import { failingRows, failureOf } from './failing-rows-sql';

const SqlText = lazy(() =>
  import('../components/sql-editor/sql-editor').then(({ SqlText: Component }) => ({ default: Component })),
);

export interface FailingRowsPanelProps {
  readonly check: Check;
  /** Only the rows of this partition; null for all. */
  readonly date: string | null;
  readonly onClose: () => void;
}

/** Every row that fails a check, with the tools of a result. */
export default function FailingRowsPanel({ check, date, onClose }: FailingRowsPanelProps) {
  const formats = useFormats();
  const showSql = useShowSql();
  const [, setChecks] = useCheckFilter();
  const [sqlShown, setSqlShown] = useState(false);
  const models = useModels().data;
  const statement = models ? failingRows(check, date, models) : null;
  const { days } = failureOf(check, date);
  const leave = (go: () => void) => () => {
    onClose();
    go();
  };
  const openDays = leave(() => {
    setChecks([check.name]);
    // A single day is opened itself; of several, the calendar shows all.
    goTo('partitions', days.length === 1 ? days[0] : undefined);
  });
  return (
    <Sheet
      title={
        <span className="flex flex-wrap items-center gap-x-3">
          <span className="font-mono">{check.name}</span>
          <CheckStanding standing={check.severity} />
        </span>
      }
      description={`${check.summary} ${extentOf(check, date, formats)}`}
      onClose={onClose}
      actions={
        <>
          <Button icon={Code} aria-pressed={sqlShown} onClick={() => setSqlShown(!sqlShown)}>
            {sqlShown ? 'Show rows' : 'Show SQL'}
          </Button>
          <Button
            icon={SquareTerminal}
            disabled={!statement}
            onClick={leave(() => statement && showSql(ended(statement)))}
          >
            Open in console
          </Button>
          <Button icon={CalendarDays} disabled={days.length === 0} onClick={openDays}>
            {days.length === 1 ? 'Open day' : 'Open days'}
          </Button>
        </>
      }
    >
      <StaleNotice />
      <div className="min-h-0 flex-1">
        {!statement && <SkeletonRows rows={20} />}
        {statement && sqlShown && (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <SqlText label={`SQL of ${check.name}`} text={statement.sql} />
          </Suspense>
        )}
        {statement && !sqlShown && <Rows statement={statement} onShowSql={(shown) => leave(() => showSql(shown))()} />}
      </div>
    </Sheet>
  );
}

/** The statement as it stands in an editor. */
const ended = ({ on, sql }: PlacedSql): PlacedSql => ({ on, sql: `${sql};\n` });

/** `2,984 rows on 1,071 days at the last refresh.` */
function extentOf(check: Check, date: string | null, formats: Formats): string {
  const { rows, days } = failureOf(check, date);
  const where = date === null ? formats.amount(days.length, 'day') : formats.dates(date);
  return `${formats.amount(rows, 'row')} on ${where} at the last refresh.`;
}

function StaleNotice() {
  const formats = useFormats();
  const summary = useSummary().data;
  if (!summary?.stale || summary.problem !== null) return null;
  return (
    <div className="px-4 pt-3">
      <Notice tone="info">
        {`The files of ${formats.amount(summary.staleDays.length, 'day')} have changed since the last refresh. These are the rows that fail now.`}
      </Notice>
    </div>
  );
}

interface RowsProps {
  readonly statement: PlacedSql;
  readonly onShowSql: (sql: string) => void;
}

/** The rows are read again, from the tables that the check reads. */
function Rows({ statement, onShowSql }: RowsProps) {
  return (
    <PlacedRows statement={statement} empty="No row fails this check any more. Refresh to update its result." atOnce>
      {(done) => <RowsPanel done={done} onShowSql={onShowSql} />}
    </PlacedRows>
  );
}

function RowsPanel({ done, onShowSql }: { done: DoneState; onShowSql: (sql: string) => void }) {
  const formats = useFormats();
  const client = useConnection().warehouse?.client;
  const [planSessionId] = useState(() => crypto.randomUUID());
  useEffect(
    () => () => void client?.results.closeSession({ sessionId: planSessionId }).catch(() => undefined),
    [client, planSessionId],
  );
  if (!client || !done.arranged) return <SkeletonRows rows={20} />;
  const { resultId, rows } = done.arranged.opened.result;
  return (
    <ResultPanel
      on={done.on}
      // More rows of it are another result.
      key={`${resultId} ${rows}`}
      arranged={done.arranged}
      client={client}
      planSessionId={planSessionId}
      sql={done.sql}
      parameters={undefined}
      took={`${formats.duration(done.outcome.elapsedMs)}${done.on === 'cluster' ? ' on the cluster' : ''}`}
      onShowSql={onShowSql}
      onRewrite={null}
      onRerun={null}
    />
  );
}
