import { ChartArea } from 'lucide-react';
import { useState } from 'react';
import { metricFilterSchema, type MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { hrefTo } from '../../navigation/route';
import { useKeptItem } from '../../navigation/kept-item';
import { errorReportOf } from '../../client/error-report';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useModels } from '../../client/queries';
import { OriginNote } from '../../cluster/origin-note';
import { hostOf, useCluster, useOrigin } from '../../cluster/use-cluster';
import { ButtonLink } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { modelTitle } from '../../format/model-title';
import { EditMetricButton } from '../../own-metrics/edit-metric-button';
import { MetricMenu } from '../../own-metrics/metric-menu';
import { useFormats } from '../../format/use-formats';
import { home, MetricLinks } from './metric-links';
import { MetricView } from './metric-view';
import { HomeSkeleton, MetricsHome } from './home/metrics-home';
import { MetricsSkeleton } from './metrics-skeleton';
import { noFilter } from '../../metrics/use-metric-data';

const keptFilter = new StoredState<MetricFilter>(noFilter, 'metric filter', metricFilterSchema);

/** All metrics at a glance, or one of them as a chart and a table. */
export default function MetricsPage() {
  const formats = useFormats();
  const { data: models, error, refetch } = useModels();
  const owner = useWorkspaceOwner();
  const item = useKeptItem();
  const [filter, setFilter] = useKept(keptFilter, owner);
  const [exports, setExports] = useState<HTMLElement | null>(null);
  const metrics = models?.filter(({ layer }) => layer === 'gold');
  const origin = useOrigin();
  const chosen = metrics?.find(({ name }) => name === item);
  return (
    <Page
      title="Metrics"
      note={
        metrics && (
          <>
            <span className="mr-3">{formats.amount(metrics.length, 'metric')}</span>
            {origin && <OriginNote origin={origin} />}
          </>
        )
      }
      actions={
        <div className="flex shrink-0 gap-2">
          <div ref={setExports} className="contents" />
          {/* Not beside the chart: a refresh replaces that, and with it a menu that is just open. */}
          {chosen && <MetricMenu key={chosen.name} model={chosen} page="metrics" />}
        </div>
      }
      fill
    >
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {metrics &&
        metrics.length > 0 &&
        !chosen &&
        (isAnythingToShow(metrics) ? <MetricsHome metrics={metrics} /> : <NoneBuilt />)}
      {metrics && chosen && <MetricLinks metrics={metrics} chosen={chosen} />}
      {chosen?.built && (
        <MetricView key={chosen.name} metric={chosen} filter={filter} exports={exports} onFilter={setFilter} />
      )}
      {chosen && !chosen.built && <NotBuilt metric={chosen} />}
      {!metrics && !error && (item === null || item === home ? <HomeSkeleton /> : <MetricsSkeleton />)}
      {metrics?.length === 0 && (
        <EmptyState icon={ChartArea} title="No metrics">
          Metrics are gold models, and this workspace has none.
        </EmptyState>
      )}
    </Page>
  );
}

/** Before the first refresh there is neither a value nor an error. */
function isAnythingToShow(metrics: readonly Model[]): boolean {
  return metrics.some(({ built, problem }) => built !== null || problem !== null);
}

function NoneBuilt() {
  return (
    <EmptyState
      icon={ChartArea}
      title="No metrics yet"
      action={<ButtonLink href={hrefTo('overview')}>Go to Overview</ButtonLink>}
    >
      Generate events and refresh: each metric then has a chart here, with its last value and its change.
    </EmptyState>
  );
}

/** A metric that has not been built: no refresh has run, or it failed. */
function NotBuilt({ metric }: { metric: Model }) {
  const cluster = useCluster();
  if (metric.problem) {
    return (
      <ErrorNotice error={metric.problem}>
        {metric.origin === 'user' && <EditMetricButton model={metric.name} />}
        <a
          href={hrefTo('layers', metric.name)}
          className="rounded-small font-medium text-accent-ink hover:underline"
        >{`Open ${metric.name}`}</a>
      </ErrorNotice>
    );
  }
  return (
    <EmptyState
      icon={ChartArea}
      title={`${modelTitle(metric)} isn’t built yet`}
      action={<ButtonLink href={hrefTo('overview')}>Go to Overview</ButtonLink>}
    >
      {cluster?.on === 'cluster'
        ? `Refresh on ${hostOf(cluster.settings.server)} to build it.`
        : 'Refresh to build it. If there are no events yet, generate some first.'}
    </EmptyState>
  );
}
