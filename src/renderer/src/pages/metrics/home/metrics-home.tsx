import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '../../../../../contract/warehouse';
import { Change } from '../../../charts/change';
import { MiniBars, Sparkline } from '../../../charts/sparkline';
import { classNames } from '../../../components/class-names';
import { ErrorNotice } from '../../../components/error-notice';
import { SearchField } from '../../../components/forms/search-field';
import { Skeleton } from '../../../components/skeleton';
import { surface } from '../../../components/surface';
import { DataMarks } from '../../../refresh/data-marks';
import { hrefTo } from '../../../navigation/route';
import type { MetricNews } from './metric-news';
import { useMetricCards, type MetricCard } from './use-metric-cards';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';
import { columnTitle } from '../../../format/model-title';

/** From so many metrics on, they are searched and listed: fewer are all in sight. */
export const manyMetrics = 13;

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(min(15.5rem,100%),1fr))] gap-3';

/** All metrics at a glance, worst news first; each leads to its page. */
export function MetricsHome({ metrics }: { metrics: readonly Model[] }) {
  const { cards, error, retry } = useMetricCards(metrics);
  const [search, setSearch] = useState('');
  const found = cards?.filter(({ title }) => title.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex min-h-7 flex-wrap items-center gap-3">
        <p className="flex-1 text-small text-ink-soft">Largest fall first. Partial periods are left out.</p>
        <DataMarks />
        {metrics.length >= manyMetrics && (
          <SearchField
            label="Find a metric"
            placeholder="Find a metric"
            value={search}
            onChange={setSearch}
            className="w-56"
          />
        )}
      </div>
      {error && <ErrorNotice error={error} onRetry={retry} />}
      <nav aria-label="Metrics" className="-m-1 min-h-0 flex-1 overflow-y-auto p-1">
        {found ? (
          <ul className={grid}>
            {found.map((card) => (
              <Card key={card.metric.name} card={card} />
            ))}
          </ul>
        ) : (
          <Placeholders count={metrics.length} />
        )}
        {found?.length === 0 && <p className="py-8 text-center text-ink-soft">No metric has this in its name.</p>}
      </nav>
    </div>
  );
}

/** The number of shipped metrics. */
const usualMetrics = 9;

/** A placeholder of the home, so that nothing moves when the metrics are known. */
export function HomeSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-3">
      <Skeleton className="h-7 w-72" />
      <Placeholders count={usualMetrics} />
    </div>
  );
}

function Placeholders({ count }: { count: number }) {
  return (
    <div aria-hidden className={grid}>
      {Array.from({ length: count }, (_, card) => (
        <Skeleton key={card} className="h-40" />
      ))}
    </div>
  );
}

function Card({ card: { metric, title, failed, problem, news } }: { card: MetricCard }) {
  return (
    <li
      className={classNames(
        surface,
        'relative flex min-h-40 min-w-0 flex-col px-3.5 pt-2.5 pb-3 transition-colors hover:border-line-strong',
      )}
    >
      <a
        href={hrefTo('metrics', metric.name)}
        title={metric.summary}
        className="line-clamp-2 max-w-full shrink-0 self-start rounded-small font-medium break-words after:absolute after:inset-0"
      >
        {title}
      </a>
      {news ? <News title={title} news={news} /> : null}
      {problem !== null && (
        <p className={classNames('mt-1 flex gap-1.5 text-small', failed ? 'text-bad' : 'text-ink-soft')}>
          {failed && <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />}
          <span className="line-clamp-5 min-w-0 break-words" title={problem}>
            {problem}
          </span>
        </p>
      )}
      {!news && problem === null && <p className="mt-1 text-small text-ink-soft">No rows, or nothing to draw.</p>}
    </li>
  );
}

function News({ title, news }: { title: string; news: MetricNews }) {
  const formats = useFormats();
  const { value, of, change, against, course, look } = news;
  const tone = change === null || Math.abs(change) < 0.005 ? '' : change < 0 ? 'text-bad!' : 'text-good!';
  return (
    <>
      <p className="flex items-baseline gap-2">
        <span className="text-figure font-semibold">
          {isShare(news) ? formats.percent(value ?? 0) : formats.value(value)}
        </span>
      </p>
      {change !== null && (
        <p className="flex items-baseline gap-1.5 text-small text-ink-soft">
          <Change share={change} className={classNames('font-medium', tone)} />
          <span className="truncate">{against}</span>
        </p>
      )}
      <p className="truncate text-small text-ink-soft">
        {[sameWords(of, title) ? '' : columnTitle(of), periodOf(news, formats)].filter(Boolean).join(' · ')}
      </p>
      <div className="mt-auto pt-2">
        {look === 'line' ? (
          <Sparkline label={`Trend of ${title}`} values={course} />
        ) : (
          <MiniBars label={`First values of ${title}`} values={course} />
        )}
      </div>
    </>
  );
}

/** Averages of cohorts are shares; everything else may be anything. */
const isShare = ({ value, time, look }: MetricNews): boolean => time === null && look === 'line' && (value ?? 2) <= 1;

const sameWords = (column: string, title: string): boolean => columnTitle(column) === title.toLowerCase();

function periodOf({ time, grain }: MetricNews, formats: Formats): string {
  if (time === null) return '';
  if (grain === 'month') return formats.monthUtc(time);
  return grain === 'week' ? `week of ${formats.dayUtc(time)}` : formats.dayUtc(time);
}
