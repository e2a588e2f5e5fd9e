import { ChartArea } from 'lucide-react';
import { hrefTo, useRoute } from '../../app/route';
import type { Model } from '../../../../contract/warehouse';
import { errorReportOf } from '../../client/error-report';
import { useModels } from '../../client/queries';
import { Card } from '../../components/card';
import { classNames } from '../../components/class-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { SkeletonCard } from '../../components/skeleton';
import { modelTitle } from '../../format/model-title';
import { formatAmount } from '../../format/numbers';
import { DataMarks } from '../../refresh/data-marks';
import { ResultView } from '../../results/result-view';
import { useResult } from '../../results/use-result';
import { ChartOfResult } from './metric-chart';
import { metricSql } from './metric-sql';

/** What do the numbers say? */
export default function MetricsPage() {
  const { data: models, error, refetch } = useModels();
  const { item } = useRoute();
  const metrics = models?.filter(({ layer }) => layer === 'gold');
  const chosen = metrics?.find(({ name }) => name === item) ?? metrics?.[0];
  return (
    <Page title="Metrics" note={metrics && formatAmount(metrics.length, 'metric')} fill>
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {metrics && metrics.length > 1 && <MetricLinks metrics={metrics} chosen={chosen} />}
      {chosen && <MetricView key={chosen.name} metric={chosen} />}
      {!metrics && !error && <SkeletonCard className="flex-1" />}
      {metrics?.length === 0 && (
        <EmptyState icon={ChartArea} title="No metrics">
          A metric is a model of the gold layer, and there is none.
        </EmptyState>
      )}
    </Page>
  );
}

function MetricLinks({ metrics, chosen }: { metrics: readonly Model[]; chosen: Model | undefined }) {
  return (
    <nav aria-label="Metrics" className="mb-3 flex shrink-0 flex-wrap gap-1">
      {metrics.map((metric) => (
        <a
          key={metric.name}
          href={hrefTo('metrics', metric.name)}
          aria-current={metric === chosen ? 'true' : undefined}
          className={classNames(
            'rounded-medium px-2.5 py-1 font-medium',
            metric === chosen ? 'bg-selected' : 'text-ink-soft hover:bg-hover hover:text-ink',
          )}
        >
          {modelTitle(metric)}
        </a>
      ))}
    </nav>
  );
}

/** A metric as a chart and, of the same result, as a table. */
function MetricView({ metric }: { metric: Model }) {
  const state = useResult(metric.built && metricSql(metric.name));
  if (!metric.built) return <NotBuilt metric={metric} />;
  const rows = state.status === 'done' ? state.outcome.result?.rows : undefined;
  return (
    <div className="@container min-h-0 flex-1">
      <div className="flex h-full flex-col gap-4 @min-[840px]:flex-row">
        <Card title={modelTitle(metric)} note={metric.summary} actions={<DataMarks />} className="min-h-60 flex-[3]">
          <div className="relative flex-1">
            <div className="absolute inset-x-2 inset-y-3">
              <ChartOfResult metric={metric} state={state} />
            </div>
          </div>
        </Card>
        <section
          aria-label="Data"
          className="flex min-h-0 flex-[2] flex-col overflow-hidden rounded-large border border-line bg-surface shadow-raised"
        >
          <div className="min-h-0 flex-1">
            <ResultView state={state} empty="The metric is built, but has no rows." />
          </div>
          <p className="shrink-0 border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft tabular-nums">
            {rows === undefined ? ' ' : formatAmount(rows, 'row')}
          </p>
        </section>
      </div>
    </div>
  );
}

function NotBuilt({ metric }: { metric: Model }) {
  return (
    <EmptyState
      icon={ChartArea}
      title={`${modelTitle(metric)} is not built yet`}
      action={
        <a href={hrefTo('overview')} className="rounded-small font-medium text-accent-ink hover:underline">
          Go to the Overview
        </a>
      }
    >
      A refresh builds it from the events. Without events, generate some first.
    </EmptyState>
  );
}
