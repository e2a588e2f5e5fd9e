import { CalendarDays, Code, SquareTerminal } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Check } from '../../../contract/refresh-summary';
import { useCheckFilter } from '../calendar/use-check-filter';
import { useConnection } from '../client/connection-context';
import { useSummary } from '../client/queries';
import { OnCluster } from '../cluster/on-cluster';
import { useOrigin } from '../cluster/use-cluster';
import { Button } from '../components/button';
import { Notice } from '../components/notice';
import { Sheet } from '../components/overlays/sheet';
import { SkeletonRows } from '../components/skeleton';
import { useShowSql } from '../console/use-show-sql';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { goTo } from '../navigation/route';
import { ResultPanel } from '../results/panel/result-panel';
import { ResultView } from '../results/result-view';
import { useResult } from '../results/session/use-result';
import { CheckStanding } from './check-standing';
import { failingRowsSql, failureOf } from './failing-rows-sql';

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
  const sql = failingRowsSql(check, date);
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
          <Button icon={SquareTerminal} onClick={leave(() => showSql(`${sql};\n`))}>
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
        {sqlShown ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <SqlText label={`SQL of ${check.name}`} text={sql} />
          </Suspense>
        ) : (
          <RowsOrPlace sql={sql} onShowSql={(shown) => leave(() => showSql(shown))()} />
        )}
      </div>
    </Sheet>
  );
}

/** The rows are read again here, which needs the tables that the check reads. */
function RowsOrPlace(props: { readonly sql: string; readonly onShowSql: (sql: string) => void }) {
  const origin = useOrigin();
  return origin ? <OnCluster origin={origin} what="rows" /> : <Rows {...props} />;
}

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

function Rows({ sql, onShowSql }: { sql: string; onShowSql: (sql: string) => void }) {
  const formats = useFormats();
  const { warehouse } = useConnection();
  const client = warehouse?.client;
  const state = useResult(sql);
  const [planSessionId] = useState(() => crypto.randomUUID());
  useEffect(
    () => () => void client?.results.closeSession({ sessionId: planSessionId }).catch(() => undefined),
    [client, planSessionId],
  );
  if (state.status !== 'done' || !state.arranged || state.outcome.result?.rows === 0 || !client) {
    return <ResultView state={state} empty="No row fails this check any more. Refresh to update its result." />;
  }
  return (
    <ResultPanel
      on="local"
      key={state.arranged.opened.result.resultId}
      arranged={state.arranged}
      client={client}
      planSessionId={planSessionId}
      sql={sql}
      parameters={undefined}
      took={formats.duration(state.outcome.elapsedMs)}
      onShowSql={onShowSql}
      onRewrite={null}
      onRerun={null}
    />
  );
}
