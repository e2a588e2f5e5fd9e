import { Skeleton, SkeletonRows } from '../../components/skeleton';
import { pane } from '../../components/surface';

/** The number of shipped metrics. */
const usualMetrics = 9;

/** A placeholder of the page, so that nothing moves when the metrics are known. */
export function MetricsSkeleton() {
  return (
    <div aria-hidden className="@container flex min-h-0 flex-1 flex-col">
      <div className="mb-3 flex shrink-0 flex-wrap gap-1">
        {Array.from({ length: usualMetrics }, (_, metric) => (
          <Skeleton key={metric} className="h-7 w-32 max-[1000px]:h-5 max-[1000px]:w-28" />
        ))}
      </div>
      <Skeleton className="mb-3 h-7 w-96" />
      <div className="flex min-h-0 flex-1 gap-4">
        <div className={`${pane} flex-[3]`}>
          <div className="flex h-14 shrink-0 flex-col gap-2 px-4 pt-4">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-2.5 w-72" />
          </div>
          <ChartSkeleton />
        </div>
        <div className={`${pane} flex-[2] @max-[840px]:hidden`}>
          <SkeletonRows rows={24} height={26} />
        </div>
      </div>
    </div>
  );
}

/** A placeholder below a metric's title while its rows are loading: a line of controls, and a chart. */
export function ChartSkeleton() {
  return (
    <div aria-hidden className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-4">
      <Skeleton className="h-7 w-72" />
      <div className="flex min-h-0 flex-1 flex-col justify-between border-b border-line-strong">
        {Array.from({ length: 5 }, (_, line) => (
          <div key={line} className="border-t border-line" />
        ))}
      </div>
      <Skeleton className="h-7" />
    </div>
  );
}
