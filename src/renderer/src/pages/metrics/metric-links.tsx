import { LayoutGrid } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { ButtonLink } from '../../components/button';
import { classNames } from '../../components/class-names';
import { Select } from '../../components/forms/select';
import { modelTitle } from '../../format/model-title';
import { goTo, hrefTo } from '../../navigation/route';
import { manyMetrics } from './home/metrics-home';

/** The item of the page's address that stands for its home; no metric can have this name. */
export const home = '*';

/** The way to the other metrics: all in one line, or of many a list. */
export function MetricLinks({ metrics, chosen }: { metrics: readonly Model[]; chosen: Model }) {
  return (
    <nav aria-label="Metrics" className="mb-3 flex shrink-0 items-center gap-1 low:mb-2 [&_select]:max-w-80">
      <ButtonLink href={hrefTo('metrics', home)} look="quiet" icon={LayoutGrid}>
        All metrics
      </ButtonLink>
      <span aria-hidden className="h-6 w-px shrink-0 bg-line" />
      {metrics.length < manyMetrics ? (
        <div className="without-scrollbar flex min-w-0 flex-1 [mask-image:linear-gradient(to_right,transparent,black_16px,black_calc(100%_-_20px),transparent)] gap-1 overflow-x-auto pr-5 pl-4 whitespace-nowrap">
          {metrics.map((metric) => (
            <MetricLink key={metric.name} metric={metric} chosen={metric === chosen} />
          ))}
        </div>
      ) : (
        <Select
          label="Metric"
          value={chosen.name}
          options={metrics.map((metric) => ({ value: metric.name, title: modelTitle(metric) }))}
          onChange={(name) => goTo('metrics', name)}
        />
      )}
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
        'shrink-0 scroll-mr-5 scroll-ml-4 rounded-medium px-2.5 py-1 font-medium outline-offset-[-2px] max-[1000px]:px-1.5 max-[1000px]:text-small',
        chosen ? 'bg-selected' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      {modelTitle(metric)}
    </a>
  );
}
