import { describe, expect, it } from 'vitest';
import { inTimeOrder, marksOf, placeMarks, type Annotation } from './annotations';

const fact = (time: number, label: string): Annotation => ({
  time,
  kind: 'fact',
  label,
  text: `${label}.`,
  date: null,
});
const change = (time: number): Annotation => ({ time, kind: 'change', label: 'changed', text: 'Changed.', date: null });

describe('annotations', () => {
  it('are in the order of time, each once', () => {
    expect(inTimeOrder([fact(5, 'B'), fact(1, 'A'), fact(5, 'B')]).map(({ label }) => label)).toEqual(['A', 'B']);
  });

  it('of one period share a mark, and those of a refresh have their own', () => {
    expect(marksOf([fact(1, 'Outage'), fact(1, 'Churn'), change(1), change(1), fact(2, 'Launch ×2')])).toEqual([
      { time: 1, kind: 'fact', label: 'Outage, Churn' },
      { time: 1, kind: 'change', label: 'changed' },
      { time: 2, kind: 'fact', label: 'Launch ×2' },
    ]);
  });
});

describe('labels', () => {
  const placed = (times: readonly number[], width = 600) =>
    placeMarks(marksOf(times.map((time) => fact(time, 'Outage'))), (time) => time, width);

  it('share a line where they are far apart, and never cover each other', () => {
    expect(placed([10, 300]).map(({ row }) => row)).toEqual([0, 0]);
    expect(placed([10, 20, 30]).map(({ row }) => row)).toEqual([0, 1, 2]);
  });

  it('that have no room are glyphs', () => {
    expect(placed([10, 20, 30, 40, 50]).map(({ row }) => row)).toEqual([0, 1, 2, 3, null]);
  });

  it('of the four kinds of planted facts are all shown on the small chart of Generate', () => {
    const marks = marksOf([
      fact(102, 'Launch ×1.5'),
      fact(123, 'Churn'),
      fact(145, 'Outage'),
      fact(166, 'Schema drift'),
    ]);
    expect(placeMarks(marks, (time) => time, 207).map(({ row }) => row)).not.toContain(null);
  });

  it('turn to the left at the end of the chart', () => {
    expect(placed([590]).map(({ toLeft }) => toLeft)).toEqual([true]);
    expect(placed([590], 2_000).map(({ toLeft }) => toLeft)).toEqual([false]);
  });

  it('of facts have precedence over those of a refresh', () => {
    const marks = marksOf([change(10), change(11), change(12), change(13), fact(14, 'Outage')]);
    const rows = placeMarks(marks, (time) => time, 600).map(({ kind, row }) => [kind, row]);
    expect(rows).toEqual([['change', 1], ['change', 2], ['change', 3], ['change', null], ['fact', 0]]); // prettier-ignore
  });
});
