import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';
import { onMarkKey } from './mark-keys';

const barHeight = 28;
const pitch = 55;

export interface FunnelStep {
  readonly name: string;
  readonly value: number;
}

export interface FunnelChartProps {
  readonly label: string;
  readonly steps: readonly FunnelStep[];
  readonly width: number;
  /** Called with the index of the step that was chosen. */
  readonly onPick: (index: number, at: { readonly x: number; readonly y: number }) => void;
}

/** Steps from top to bottom: how many reach each, and how many of the previous step. */
export function FunnelChart({ label, steps, width, onPick }: FunnelChartProps) {
  const formats = useFormats();
  const first = steps[0]?.value ?? 0;
  const most = Math.max(first, 1e-9);
  const wordsOf = ({ name, value }: FunnelStep) =>
    `${columnTitle(name)}: ${formats.count(value)}, ${formats.percent(value / most)} of the first step`;
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">{steps.map((step) => `${wordsOf(step)}.`).join(' ')}</figcaption>
      <svg role="group" aria-label={label} width={width} height={steps.length * pitch}>
        {steps.map((step, index) => {
          const { name, value } = step;
          const before = steps[index - 1]?.value;
          return (
            <g
              key={name}
              transform={`translate(0 ${index * pitch})`}
              role="button"
              tabIndex={index === 0 ? 0 : -1}
              aria-label={wordsOf(step)}
              className="cursor-pointer outline-offset-[-2px]"
              onClick={({ clientX, clientY }) => onPick(index, { x: clientX, y: clientY })}
              onKeyDown={(event) => onMarkKey(event, (at) => onPick(index, at))}
            >
              <rect width={width} height={pitch - 4} className="fill-transparent" />
              <text x={0} y={14} className="fill-ink text-small font-medium">
                {columnTitle(name)}
              </text>
              <text x={width} y={14} textAnchor="end" className="fill-ink-soft text-small">
                {`${formats.count(value)} · ${formats.percent(value / most)}`}
                {before !== undefined &&
                  index > 1 &&
                  ` · ${formats.percent(before === 0 ? 0 : value / before)} of the previous step`}
              </text>
              <rect y={20} width={width} height={barHeight} rx={4} className="fill-accent/10" />
              <rect
                y={20}
                width={Math.max(2, (value / most) * width)}
                height={barHeight}
                rx={4}
                className="fill-accent"
              />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
