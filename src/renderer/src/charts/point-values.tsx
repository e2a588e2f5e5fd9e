import { Filter } from 'lucide-react';
import { Button } from '../components/button';
import { classNames } from '../components/class-names';
import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';
import { Change } from './change';
import { changeShare } from './data/transform';

/** One value at a point. */
export interface PointValue {
  readonly name: string;
  /** Null for one without a colour in the chart. */
  readonly colour: string | null;
  readonly value: number | null;
  /** Filters by the value's series; null if it can't be filtered by. */
  readonly onFilter: (() => void) | null;
  /** It is the one that was clicked. */
  readonly picked: boolean;
}

/** A place of the chart that the point can be compared with. */
export interface OtherPlace {
  readonly title: string;
  /** In the order of the point's values; null for none. */
  readonly values: readonly (number | null)[];
}

interface PointValuesProps {
  readonly values: readonly PointValue[];
  /** The place that they are compared with; null for none. */
  readonly other: OtherPlace | null;
  readonly shares: boolean;
}

/** The values of a point; where it is compared, with those of the other place and their differences. */
export function PointValues({ values, other, shares }: PointValuesProps) {
  return (
    <table className="mt-1.5 w-full text-small">
      {other && (
        <thead className="text-ink-faint">
          <tr>
            <th scope="col" className="sr-only">
              Name
            </th>
            {['Value', 'Compared', 'Difference'].map((title) => (
              <th key={title} scope="col" className="pl-2.5 text-right font-normal [&:first-of-type]:pl-0">
                {title}
              </th>
            ))}
            <td />
          </tr>
        </thead>
      )}
      <tbody>
        {values.map((value, index) => (
          <ValueRow
            key={value.name}
            value={value}
            other={other && (other.values[index] ?? null)}
            compared={other !== null}
            shares={shares}
          />
        ))}
      </tbody>
    </table>
  );
}

interface ValueRowProps {
  readonly value: PointValue;
  readonly other: number | null;
  readonly compared: boolean;
  readonly shares: boolean;
}

function ValueRow({ value: { name, colour, value, onFilter, picked }, other, compared, shares }: ValueRowProps) {
  const formats = useFormats();
  const words = columnTitle(name);
  const text = (number: number | null) => (shares && number !== null ? formats.percent(number) : formats.value(number));
  return (
    <tr className={classNames('h-6', picked && 'bg-selected')}>
      <th scope="row" className="w-full max-w-0 pl-1 text-left font-normal text-ink-soft">
        <span className="flex min-w-0 items-center gap-1.5">
          {colour !== null && (
            <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colour }} />
          )}
          <span className="truncate" title={words}>
            {words}
          </span>
        </span>
      </th>
      <td className="pl-2.5 text-right font-semibold whitespace-nowrap select-text">{text(value)}</td>
      {compared && (
        <>
          <td className="pl-2.5 text-right whitespace-nowrap text-ink-soft select-text">{text(other)}</td>
          <td className="pl-2.5 text-right whitespace-nowrap select-text">
            <Difference value={value} other={other} shares={shares} />
          </td>
        </>
      )}
      <td className="pr-1">
        {onFilter && (
          <Button
            look="quiet"
            icon={Filter}
            aria-label={`Filter by ${words}`}
            title={`Filter by ${words}`}
            onClick={onFilter}
            className="ml-1 size-6! w-6!"
          />
        )}
      </td>
    </tr>
  );
}

/** A difference and its share of the other value; of shares in percentage points. */
function Difference({ value, other, shares }: { value: number | null; other: number | null; shares: boolean }) {
  const formats = useFormats();
  if (value === null || other === null) return '–';
  const difference = value - other;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '';
  const size = Math.abs(difference);
  if (shares) return `${sign}${formats.value(Math.round(size * 1000) / 10)} points`;
  const change = changeShare(value, other);
  return (
    <>
      {`${sign}${formats.value(size)}`}
      {change !== null && <Change share={change} className="ml-1.5" />}
    </>
  );
}
