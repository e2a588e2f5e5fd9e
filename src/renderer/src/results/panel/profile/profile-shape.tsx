import type { ColumnProfile } from '../../../../../contract/result-work';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';

const fullSize = { width: 112, height: 20, gap: 1, widest: 14 };
const smallSize = { width: 48, height: 14, gap: 0.5, widest: 6 };

/** A small chart of a column: its histogram, or its most frequent values. */
export function ProfileShape({
  profile: { histogram, top },
  small = false,
}: {
  profile: Pick<ColumnProfile, 'histogram' | 'top'>;
  small?: boolean;
}) {
  const { width, height, gap, widest } = small ? smallSize : fullSize;
  const formats = useFormats();
  const bars = histogram.length > 0 ? histogram : top;
  if (bars.length === 0) return <span className="text-small text-ink-faint">no values</span>;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = Math.min(width / bars.length, widest);
  return (
    <svg role="img" aria-label={describe(histogram, top, formats)} width={width} height={height} className="block">
      {bars.map(({ label, count }, index) => {
        const length = count === 0 ? 0 : Math.max(1.5, (count / most) * height);
        return (
          <rect
            key={label}
            x={index * step}
            y={height - length}
            width={Math.max(1, step - gap)}
            height={length}
            rx={1}
            className={histogram.length > 0 ? 'fill-accent-ink/75' : 'fill-ink-faint/60'}
          >
            <title>{`${label}: ${formats.count(count)}`}</title>
          </rect>
        );
      })}
      <path d={`M0,${height - 0.5} H${width}`} className="stroke-line-strong" />
    </svg>
  );
}

function describe(histogram: ColumnProfile['histogram'], top: ColumnProfile['top'], formats: Formats): string {
  const bars = histogram.length > 0 ? histogram : top;
  const most = bars.reduce((best, bar) => (bar.count > best.count ? bar : best), { label: '', count: -1 });
  const where = `${most.label === '' ? 'empty string' : most.label} (${formats.count(most.count)})`;
  return histogram.length > 0 ? `Histogram; most from ${where}` : `Most frequent: ${where}`;
}
