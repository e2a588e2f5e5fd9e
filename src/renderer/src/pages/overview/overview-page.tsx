import { ChartArea, Folder, FolderCog } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { actionOf } from '../../../../contract/actions';
import type { ClusterState } from '../../../../contract/cluster';
import type { WarehouseSummary } from '../../../../contract/warehouse';
import { errorReportOf } from '../../client/error-report';
import { useAppState } from '../../client/live-state';
import { useMainAction, useModels, useSummary } from '../../client/queries';
import { useCluster } from '../../cluster/use-cluster';
import { hrefTo } from '../../navigation/route';
import { withKeys } from '../../navigation/shortcut';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { useKeptScroll } from '../../client/use-kept-scroll';
import { Page } from '../../components/page';
import { Skeleton } from '../../components/skeleton';
import { FactsCard } from '../../facts/facts-card';
import { modelTitle } from '../../format/model-title';
import { DataMarks } from '../../refresh/data-marks';
import { DatabaseFile } from '../../refresh/database-file';
import { AdvanceButton } from './advance-button';
import { Attention, Freshness } from './freshness';
import { Guide, type GuideStep } from './guide';
import { Health } from './health';
import { GenerateButton, RefreshButton } from './job-buttons';
import { JobPanel, tellsOfDamage, tellsOfNewEvents, tellsOfRefresh } from './job-panel';
import { Numbers } from './numbers';
import { useJobs } from './use-jobs';

const MetricChart = lazy(() => import('../../metrics/metric-chart'));

/** Whether the data is there and fresh, and the buttons to generate and refresh. */
export function OverviewPage() {
  const summary = useSummary();
  const jobs = useJobs();
  // Before the first refresh, the guide has the buttons.
  const guided = summary.data?.lastRefresh === null && summary.data.problem === null;
  const [guideOpen, setGuideOpen] = useGuideOpen(guided);
  const cluster = useCluster();
  const readable = (summary.data?.problem ?? null) === null;
  const refreshFirst = (summary.data?.stale ?? false) || cluster?.on === 'cluster';
  const next = summary.data && nextStep(summary.data, cluster);
  const guide = next && (guided || guideOpen) && <Guide jobs={jobs} next={next} onDone={() => setGuideOpen(false)} />;

  return (
    <Page
      scrollRef={useKeptScroll('overview')}
      title="Overview"
      note={summary.data && <Freshness summary={summary.data} />}
      actions={
        summary.data &&
        !guided && (
          <div className="flex gap-2">
            {summary.data.daysHere > 0 && <AdvanceButton jobs={jobs} />}
            <RefreshButton jobs={jobs} look={refreshFirst ? 'primary' : 'secondary'} />
            <GenerateButton jobs={jobs} look={refreshFirst ? 'secondary' : 'primary'} />
          </div>
        )
      }
    >
      <div className="flex min-h-full flex-col gap-4">
        {/* Links come before outcomes; a running job comes before the next step. */}
        {next === 'look' && guide}
        {!guided && !summary.error && <Standing summary={summary.data} />}
        <JobPanel jobs={jobs} />
        {summary.error && <ErrorNotice error={errorReportOf(summary.error)} onRetry={() => void summary.refetch()} />}
        {summary.data && !jobs.busy && (
          <Attention
            summary={summary.data}
            staleIsKnown={tellsOfNewEvents(jobs)}
            refreshIsKnown={tellsOfRefresh(jobs)}
            damageIsKnown={tellsOfDamage(jobs)}
          />
        )}
        {next !== 'look' && guide}
        {guided && !summary.error && <Numbers summary={summary.data} />}
        {/* Whatever keeps the database from being read is said once. */}
        {!summary.error && readable && (guided ? <MetricToCome /> : <FirstMetric />)}
        {!guided && !summary.error && <FactsCard />}
        <WorkspaceLine busy={jobs.busy} />
      </div>
    </Page>
  );
}

/**
 * Figures and health. First on the page, so that jobs don't move them. Health is unknown while the database can't be
 * read.
 */
function Standing({ summary }: { summary: WarehouseSummary | undefined }) {
  return (
    <>
      <Numbers summary={summary} />
      {(summary?.problem ?? null) === null && <Health />}
    </>
  );
}

/** Keeps the guide's last step open after the first refresh until it is dismissed or the page is left. */
function useGuideOpen(guided: boolean) {
  const [guideOpen, setGuideOpen] = useState(guided);
  if (guided && !guideOpen) setGuideOpen(true);
  return [guideOpen, setGuideOpen] as const;
}

/** A cluster has events of its own. */
function nextStep({ rows, lastRefresh }: WarehouseSummary, cluster: ClusterState | null): GuideStep {
  if (lastRefresh !== null) return 'look';
  return rows > 0 || cluster?.on === 'cluster' ? 'refresh' : 'generate';
}

/** The chart of the metric that best reflects a product's health, otherwise of the first one. */
function FirstMetric() {
  const models = useModels();
  const metrics = models.data?.filter(({ layer, built }) => layer === 'gold' && built !== null);
  const metric = metrics?.find(({ name }) => name === 'gold_weekly_active_teams') ?? metrics?.[0];
  if (models.error) return <ErrorNotice error={errorReportOf(models.error)} onRetry={() => void models.refetch()} />;
  return (
    <Card
      className="min-h-72 flex-1"
      title={
        metric ? (
          <a href={hrefTo('metrics', metric.name)} className="rounded-small hover:underline">
            {modelTitle(metric)}
          </a>
        ) : (
          'Metric'
        )
      }
      actions={<DataMarks />}
      note={metric?.summary ?? '\u00a0'}
    >
      <div className="relative min-h-56 flex-1">
        <div className="absolute inset-x-2 top-2 bottom-3">
          {metric || !models.data || models.isFetching ? (
            <Suspense fallback={<ChartToCome />}>{metric ? <MetricChart metric={metric} /> : <ChartToCome />}</Suspense>
          ) : (
            <EmptyState icon={ChartArea} title="No metrics yet">
              The last refresh built no metrics.
            </EmptyState>
          )}
        </div>
      </div>
    </Card>
  );
}

function ChartToCome() {
  return <Skeleton className="mx-2 h-full" />;
}

/** A placeholder of the chart, so that nothing moves. */
function MetricToCome() {
  return (
    <div className="grid min-h-44 flex-1 place-items-center rounded-large border border-dashed border-line-strong">
      <EmptyState icon={ChartArea} title="Weekly active teams">
        Your first metric appears here after you generate events and refresh.
      </EmptyState>
    </div>
  );
}

function WorkspaceLine({ busy }: { busy: boolean }) {
  const folder = useAppState().value?.workspace.folder ?? '';
  const reveal = useMainAction((client) => client.workspace.reveal({ path: '' }));
  const choose = useMainAction((client) => client.workspace.choose());
  const error = reveal.error ?? choose.error;
  return (
    <footer className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p
        className="min-w-[min(100%,24rem)] flex-1 font-mono text-small break-all text-ink-soft select-text"
        title="Workspace"
      >
        {folder}
      </p>
      <DatabaseFile busy={busy} />
      <Button look="quiet" icon={Folder} onClick={() => reveal.run()}>
        Show folder
      </Button>
      <Button look="quiet" icon={FolderCog} onClick={() => choose.run()} {...withKeys(actionOf('open-workspace'))}>
        Change workspace…
      </Button>
      {error && <ErrorNotice error={error} className="w-full" />}
    </footer>
  );
}
