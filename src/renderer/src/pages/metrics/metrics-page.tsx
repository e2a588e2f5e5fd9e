import { ChartArea, LayoutGrid } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { metricFilterSchema, type MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { hrefTo } from '../../navigation/route';
import { useKeptItem } from '../../navigation/kept-item';
import { errorReportOf } from '../../client/error-report';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useModels } from '../../client/queries';
import { ButtonLink } from '../../components/button';
import { classNames } from '../../components/class-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { MetricView } from './metric-view';
import { HomeSkeleton, MetricsHome } from './metrics-home';
import { MetricsSkeleton } from './metrics-skeleton';
import { noFilter } from '../../metrics/use-metric-data';

/** The item of the page's address that stands for its home; no metric can have this name. */
const home = '*';
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
  const chosen = metrics?.find(({ name }) => name === item);
  return (
    <Page
      title="Metrics"
      note={metrics && formats.amount(metrics.length, 'metric')}
      actions={<div ref={setExports} className="flex shrink-0 gap-2" />}
      fill
    >
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {metrics && metrics.length > 0 && !chosen && <MetricsHome metrics={metrics} />}
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

function MetricLinks({ metrics, chosen }: { metrics: readonly Model[]; chosen: Model }) {
  return (
    <nav aria-label="Metrics" className="mb-3 flex shrink-0 items-center gap-1 low:mb-2 low:min-h-7!">
      <ButtonLink href={hrefTo('metrics', home)} look="quiet" icon={LayoutGrid}>
        All metrics
      </ButtonLink>
      <div className="without-scrollbar flex min-w-0 flex-1 [mask-image:linear-gradient(to_right,black_calc(100%_-_20px),transparent)] pr-5 gap-1 overflow-x-auto border-l border-line pl-1 whitespace-nowrap">
        {metrics.map((metric) => (
          <MetricLink key={metric.name} metric={metric} chosen={metric === chosen} />
        ))}
      </div>
    </nav>
  );
}

function MetricLink({ metric, chosen }: { metric: Model; chosen: boolean }) {
  const element = useRef<HTMLAnchorElement>(null);
  // They are one line, which scrolls: there may be dozens.
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return (
    <a
      ref={element}
      href={hrefTo('metrics', metric.name)}
      aria-current={chosen ? 'true' : undefined}
      className={classNames(
        'shrink-0 rounded-medium px-2.5 py-1 font-medium outline-offset-[-2px] max-[1000px]:px-1.5 max-[1000px]:text-small',
        chosen ? 'bg-selected' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      {modelTitle(metric)}
    </a>
  );
}

/** A metric that has not been built: no refresh has run, or it failed. */
function NotBuilt({ metric }: { metric: Model }) {
  if (metric.problem) {
    return (
      <ErrorNotice error={metric.problem}>
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
      Refresh to build it. If there are no events yet, generate some first.
    </EmptyState>
  );
}
