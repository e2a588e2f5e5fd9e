/** One cell of a cohort chart. */
export interface CohortCell {
  /** The row of the data that it stands for. */
  readonly row: number;
  /** Start of the cohort. */
  readonly start: number;
  /** Periods since the start. */
  readonly age: number;
  readonly share: number;
}

export interface CohortRow {
  readonly start: number;
  readonly cells: readonly CohortCell[];
  /** The age from which on hardly anybody of the cohort is left, compared with the others; null if there are. */
  readonly churnedAt: number | null;
}

export interface Cohorts {
  readonly rows: readonly CohortRow[];
  readonly ages: readonly number[];
  /** The average share of the cohorts by age. */
  readonly averages: ReadonlyMap<number, number>;
}

/** A cohort is gone where its share is less than this part of the average, for good. */
const gone = 0.2;
/** For at least so many ages, if somebody is left: a single bad month of a small cohort is no churn. */
const leastAges = 2;

/** The mean share of each age over cohorts. */
export function averagesOf(cells: readonly CohortCell[]): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { age, share } of cells) {
    const { sum, count } = sums.get(age) ?? { sum: 0, count: 0 };
    sums.set(age, { sum: sum + share, count: count + 1 });
  }
  return new Map([...sums].map(([age, { sum, count }]) => [age, sum / count]));
}

/** Cells by cohort and age, in order. */
export function cohortsOf(cells: readonly CohortCell[]): Cohorts {
  const byStart = new Map<number, CohortCell[]>();
  for (const cell of cells) {
    const row = byStart.get(cell.start);
    if (row) row.push(cell);
    else byStart.set(cell.start, [cell]);
  }
  const averages = averagesOf(cells);
  const ages = [...averages.keys()].toSorted((a, b) => a - b);
  const rows = [...byStart]
    .toSorted(([a], [b]) => a - b)
    .map(([start, own]): CohortRow => {
      const inOrder = own.toSorted((a, b) => a.age - b.age);
      return { start, cells: inOrder, churnedAt: churnOf(inOrder, averages) };
    });
  return { rows, ages, averages };
}

function churnOf(cells: readonly CohortCell[], averages: ReadonlyMap<number, number>): number | null {
  const isGone = ({ age, share }: CohortCell) => share < gone * (averages.get(age) ?? 0);
  const last = cells.findLastIndex((cell) => !isGone(cell));
  const lost = cells.slice(last + 1);
  if (last < 0 || (lost.length < leastAges && lost.some(({ share }) => share > 0))) return null;
  return lost[0]?.age ?? null;
}
