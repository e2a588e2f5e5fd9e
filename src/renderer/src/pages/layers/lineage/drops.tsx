import { Fragment } from 'react';
import type { WaterfallStep } from '../../../../../contract/refresh-summary';
import type { Trace } from '../../../../../contract/trace';
import { classNames } from '../../../components/class-names';
import { useFormats } from '../../../format/use-formats';
import { headerHeight, nodeHeight, type LineageLayout } from './layout';

interface DropsProps {
  readonly layout: LineageLayout;
  readonly waterfall: readonly WaterfallStep[];
  readonly trace: Trace | null;
}

interface Drop {
  readonly rows: number;
  readonly rule: string;
  readonly summary: string;
  readonly bad: boolean;
}

/** The waterfall between two layers: rows dropped, by rule. */
export function Drops({ layout, waterfall, trace }: DropsProps) {
  return (
    <>
      {layout.bands.slice(1).map((band, index) => {
        const before = layout.bands[index];
        const step = waterfall.find(({ layer }) => layer === band.layer);
        if (!before || !step) return null;
        const from = waterfall.find(({ layer }) => layer === before.layer)?.rows ?? 0;
        const left = before.x + before.width;
        const line = layout.nodes.find(({ layer }) => layer === band.layer)?.y ?? headerHeight;
        const drops = band.layer === 'silver' && trace ? dropsOfTrace(trace) : dropsOf(step);
        return (
          <div
            key={band.layer}
            className="absolute flex flex-col justify-end px-2 text-center text-micro"
            style={{ left, width: band.x - left, bottom: layout.height - line - nodeHeight / 2 + 3 }}
          >
            {band.layer === 'gold' ? null : <DropList drops={drops} from={trace ? null : from} layer={band.layer} />}
          </div>
        );
      })}
    </>
  );
}

/** @param from rows of the previous layer; null if shares don't apply */
function DropList({ drops, from, layer }: { drops: readonly Drop[]; from: number | null; layer: string }) {
  const formats = useFormats();
  if (drops.length === 0) return <p className="text-ink-soft">no rows dropped</p>;
  return (
    <dl aria-label={`Dropped on the way to ${layer}`}>
      {drops.map(({ rule, summary, rows, bad }) => (
        <Fragment key={rule}>
          <dt className="truncate text-ink-soft" title={summary}>
            {rule}
          </dt>
          <dd
            className={classNames('font-medium', bad ? 'text-bad' : rows > 0 ? 'text-warn' : 'text-ink-soft')}
            title={summary}
          >
            {rows > 0 ? `−${formats.count(rows)}` : 'no rows dropped'}
            {rows > 0 && from !== null && from > 0 && ` (${formats.percent(rows / from)})`}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function dropsOf({ dropped, unexplained }: WaterfallStep): Drop[] {
  const drops = dropped.map((drop) => ({ ...drop, bad: false }));
  if (unexplained === 0) return drops;
  return [...drops, { rule: 'unexplained', summary: 'No rule explains these rows.', rows: unexplained, bad: true }];
}

const dropsOfTrace = ({ dropped }: Trace): Drop[] => dropped.map((drop) => ({ ...drop, bad: false }));
