import { ArrowRight } from 'lucide-react';
import type { WaterfallStep } from '../../../contract/refresh-summary';
import { silver } from '../../../contract/relations';
import { LayerMark } from '../components/badge';
import { classNames } from '../components/class-names';
import { KeptRows } from './kept-rows';
import { useFormats } from '../format/use-formats';

/** Rows of each layer, and rows dropped before it, by rule. */
export function Waterfall({ steps }: { steps: readonly WaterfallStep[] }) {
  const formats = useFormats();
  return (
    <ol aria-label="Waterfall" className="flex items-stretch gap-3">
      {steps.map((step, index) => (
        <li key={step.layer} className="flex min-w-0 flex-1 items-start gap-3">
          {index > 0 && <ArrowRight size={16} aria-hidden className="mt-4.5 shrink-0 text-ink-faint" />}
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-1.5 text-small text-ink-soft">
              <LayerMark layer={step.layer} />
              <span className="capitalize">{step.layer}</span>
            </p>
            <p className="font-semibold select-text">{formats.amount(step.rows, 'row')}</p>
            {index > 0 && <Dropped step={step} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Dropped({ step: { layer, dropped, unexplained } }: { step: WaterfallStep }) {
  const formats = useFormats();
  if (layer === 'gold') return <p className="text-small text-ink-faint">in all metrics together</p>;
  return (
    <>
      <ul className="text-small">
        {dropped.map(({ rule, summary, rows }) => (
          <li
            key={rule}
            title={summary}
            className={classNames('wrap-anywhere', rows > 0 ? 'text-warn' : 'text-ink-soft')}
          >
            {rows > 0 ? `−${formats.count(rows)}` : 'no rows dropped'} by {rule}
          </li>
        ))}
        {unexplained !== 0 && <li className="text-bad">{formats.count(unexplained)} unexplained</li>}
        {dropped.length === 0 && unexplained === 0 && <li className="text-ink-faint">no rows dropped</li>}
      </ul>
      <KeptRows model={silver} />
    </>
  );
}
