import { ChartArea } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { hrefTo } from '../../navigation/route';
import { useKeptItem } from '../../navigation/kept-item';
import { errorReportOf } from '../../client/error-report';
import { KeptState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useModels } from '../../client/queries';
import { ButtonLink } from '../../components/button';
import { classNames } from '../../components/class-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { MetricView } from './metric-view';
import { MetricsSkeleton } from './metrics-skeleton';
import { noFilter } from '../../metrics/use-metric-data';

const keptFilter = new KeptState(noFilter);

/** Charts and tables of all metrics. */
export default function MetricsPage() {
  const formats = useFormats();
  const { data: models, error, refetch } = useModels();
  const owner = useWorkspaceOwner();
  const item = useKeptItem();
  const [filter, setFilter] = useKept(keptFilter, owner);
  const [exports, setExports] = useState<HTMLElement | null>(null);
  const metrics = models?.filter(({ layer }) => layer === 'gold');
  const chosen = metrics?.find(({ name }) => name === item) ?? metrics?.[0];
  return (
    <Page
      title="Metrics"
      note={metrics && formats.amount(metrics.length, 'metric')}
      actions={<div ref={setExports} className="flex shrink-0 gap-2" />}
      fill
    >
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {metrics && metrics.length > 1 && <MetricLinks metrics={metrics} chosen={chosen} />}
      {chosen?.built && (
        <MetricView key={chosen.name} metric={chosen} filter={filter} exports={exports} onFilter={setFilter} />
      )}
      {chosen && !chosen.built && <NotBuilt metric={chosen} />}
      {!metrics && !error && <MetricsSkeleton />}
      {metrics?.length === 0 && (
        <EmptyState icon={ChartArea} title="No metrics">
          Metrics are gold models, and this workspace has none.
        </EmptyState>
      )}
    </Page>
  );
}

function MetricLinks({ metrics, chosen }: { metrics: readonly Model[]; chosen: Model | undefined }) {
  return (
    <nav
      aria-label="Metrics"
      className="mb-3 flex shrink-0 flex-wrap gap-1 low:mb-2 low:min-h-7! low:flex-nowrap low:overflow-x-auto low:whitespace-nowrap"
    >
      {metrics.map((metric) => (
        <MetricLink key={metric.name} metric={metric} chosen={metric === chosen} />
      ))}
    </nav>
  );
}

function MetricLink({ metric, chosen }: { metric: Model; chosen: boolean }) {
  const element = useRef<HTMLAnchorElement>(null);
  // In a low window they are one line, which scrolls.
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return (
    <a
      ref={element}
      href={hrefTo('metrics', metric.name)}
      aria-current={chosen ? 'true' : undefined}
      className={classNames(
        'rounded-medium px-2.5 py-1 font-medium max-[1000px]:px-1.5 max-[1000px]:py-0.5 max-[1000px]:text-small',
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
