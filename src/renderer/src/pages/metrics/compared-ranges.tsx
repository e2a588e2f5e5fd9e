import { GitCompareArrows } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { z } from 'zod';
import { comparedSpan, compareModes, type CompareMode } from '../../charts/data/comparison';
import type { ChartPoint } from '../../charts/data/series';
import { spanSchema, timesOf, type Grain, type Span } from '../../charts/data/transform';
import type { PointAction } from '../../charts/point-popover';
import { RangeSliders } from '../../charts/range-sliders';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { Select } from '../../components/forms/select';
import { useFormats } from '../../format/use-formats';

const modes: readonly { value: CompareMode; title: string }[] = [
  { value: 'off', title: 'nothing' },
  { value: 'before', title: 'the period before' },
  { value: 'year', title: 'a year ago' },
  { value: 'range', title: 'another range' },
];

interface Ranges {
  readonly mode: CompareMode;
  readonly a: Span | null;
  readonly b: Span | null;
}

// By metric.
const keptRanges = new StoredState<Ranges>(
  { mode: 'off', a: null, b: null },
  'compared ranges',
  z.object({ mode: z.enum(compareModes), a: spanSchema.nullable(), b: spanSchema.nullable() }),
);

/** Points of the first range until the user moves it. */
const usualLength = 4;

/**
 * Two ranges over `points`, which metrics without a time axis are compared between: days of events, cohorts.
 * @param grain of the points
 */
export function useComparedRanges(metric: string, points: readonly ChartPoint[], grain: Grain | null) {
  const [{ mode, a, b }, set] = useKept(keptRanges, useWorkspaceOwner(metric));
  return useMemo(() => {
    const last = points.length - 1;
    const clamp = (span: Span): Span => ({ first: Math.min(span.first, last), last: Math.min(span.last, last) });
    const first = clamp(a ?? { first: Math.max(0, last - usualLength + 1), last });
    const before = comparedSpan(points, first, { mode: 'before', grain, range: null });
    const second =
      mode === 'range' ? ((b && clamp(b)) ?? before) : comparedSpan(points, first, { mode, grain, range: null });
    const comparing = mode !== 'off' && second !== null;
    return {
      mode,
      grain,
      a: first,
      b: second,
      times: comparing ? { a: timesOf(points, first), b: timesOf(points, second) } : null,
      setMode: (next: CompareMode) => set({ mode: next, a, b: next === 'range' ? (b ?? before) : b }),
      setA: (next: Span) => set({ mode, a: next, b }),
      setB: (next: Span) => set({ mode: 'range', a: first, b: next }),
    };
  }, [mode, a, b, set, points, grain]);
}

export type ComparedRanges = ReturnType<typeof useComparedRanges>;

/** With fewer there are no two ranges to choose. */
const fewestPoints = 3;

export function CompareSelect({ ranges, points, things }: { ranges: ComparedRanges; points: number; things: string }) {
  const disabled = points < fewestPoints;
  return (
    <Select
      label="Compare with"
      title={disabled ? `A comparison takes at least ${fewestPoints} ${things}.` : undefined}
      value={ranges.mode}
      options={modes}
      disabled={disabled}
      onChange={(mode) => ranges.setMode(modes.find(({ value }) => value === mode)?.value ?? 'off')}
    />
  );
}

/** Compares two ranges from a point of the chart, which stays open and shows the values of both. */
export function compareAction(ranges: ComparedRanges, points: number, things: string): PointAction {
  const on = ranges.mode !== 'off';
  return {
    title: on ? 'Stop comparing two ranges' : `Compare two ranges of ${things}`,
    icon: GitCompareArrows,
    run: points < fewestPoints ? null : () => ranges.setMode(on ? 'off' : 'before'),
    whyNot: `It takes at least ${fewestPoints} ${things}.`,
    staysOpen: true,
  };
}

/** The sliders of both ranges, with their ends in words; nothing without a comparison. */
export function RangeRows({ ranges, points }: { ranges: ComparedRanges; points: readonly ChartPoint[] }) {
  const formats = useFormats();
  if (ranges.mode === 'off' || points.length < 2) return null;
  const { a, b, setA, setB, grain } = ranges;
  const period = grain === 'month' ? formats.monthUtc : formats.dayUtc;
  const words = ({ first, last }: Span) => `${period(points[first]?.time ?? 0)} to ${period(points[last]?.time ?? 0)}`;
  return (
    <div className="flex shrink-0 flex-col gap-1.5">
      <Row letter="A" words={words(a)}>
        <RangeSliders points={points} span={a} onChange={setA} letter="A" />
      </Row>
      {b ? (
        <Row letter="B" words={words(b)}>
          <RangeSliders points={points} span={b} onChange={setB} letter="B" />
        </Row>
      ) : (
        <p className="text-small text-ink-soft">Not enough data to compare with. Choose a shorter or a later range.</p>
      )}
    </div>
  );
}

function Row({ letter, words, children }: { letter: string; words: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2 text-small">
      <span className="w-3 font-semibold">{letter}</span>
      {children}
      <span className="w-44 shrink-0 text-right text-ink-soft">{words}</span>
    </div>
  );
}
