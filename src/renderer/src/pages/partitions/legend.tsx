import { DayMarkSign } from './calendar-year';
import type { DayMark } from './days';

const signs: readonly { readonly mark: DayMark; readonly title: string; readonly fill: string }[] = [
  { mark: 'missing', title: 'Missing', fill: 'fill-transparent stroke-ink-faint [stroke-dasharray:2_2]' },
  { mark: 'stale', title: 'Stale', fill: 'fill-accent/60' },
  { mark: 'failing', title: 'Failing check or damaged', fill: 'fill-accent/20' },
];
const levels = ['fill-accent/20', 'fill-accent/40', 'fill-accent/60', 'fill-accent/80', 'fill-accent'];

/** What the squares of the calendar mean. */
export function Legend() {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-soft">
      <span className="inline-flex items-center gap-1.5">
        Less
        <svg aria-hidden width={68} height={12}>
          {levels.map((fill, index) => (
            <rect key={fill} x={index * 14 + 0.5} y={0.5} width={11} height={11} rx={2} className={fill} />
          ))}
        </svg>
        More
      </span>
      {signs.map(({ mark, title, fill }) => (
        <span key={mark} className="inline-flex items-center gap-1.5">
          <svg aria-hidden width={12} height={12}>
            <rect x={0.5} y={0.5} width={11} height={11} rx={2} className={fill} />
            <DayMarkSign mark={mark} x={0} y={0} size={12} />
          </svg>
          {title}
        </span>
      ))}
    </div>
  );
}
