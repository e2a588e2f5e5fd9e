/** One cell of a cohort chart. */
export interface CohortCell {
  /** The row of the data that it stands for. */
  readonly row: number;
  /** Start of the cohort. */
  readonly start: number;
  /** Periods since the start. */
  readonly age: number;
  readonly share: number;
  /** Members of the cohort, and those of them that are left; null if the data has no such columns. */
  readonly members: { readonly all: number; readonly left: number } | null;
  /** The data ends before the period does. */
  readonly unfinished: boolean;
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
  /** The average share of the cohorts by age; none for an age that no cohort has completed. */
  readonly averages: ReadonlyMap<number, number>;
}

/** A cohort is gone where its share is less than this part of the average, for good. */
const gone = 0.2;
/** For at least so many ages, if somebody is left: a single bad month of a small cohort is no churn. */
const leastAges = 2;

/**
 * The share of all members that are left at each age, over the cohorts that have completed it: a large cohort counts
 * for more than a small one. Without numbers of members it is the mean of the cohorts' shares.
 */
export function averagesOf(cells: readonly CohortCell[]): Map<number, number> {
  const weighted = isWeighted(cells);
  const sums = new Map<number, { left: number; all: number }>();
  for (const { age, share, members, unfinished } of cells) {
    if (unfinished) continue;
    const { left, all } = sums.get(age) ?? { left: 0, all: 0 };
    sums.set(
      age,
      weighted && members
        ? { left: left + members.left, all: all + members.all }
        : { left: left + share, all: all + 1 },
    );
  }
  return new Map([...sums].flatMap(([age, { left, all }]) => (all === 0 ? [] : [[age, left / all]])));
}

/** Whether the averages of cells are weighted by the size of their cohorts. */
export function isWeighted(cells: readonly CohortCell[]): boolean {
  return cells.every(({ members }) => members !== null);
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
  const ages = [...new Set(cells.map(({ age }) => age))].toSorted((a, b) => a - b);
  const rows = [...byStart]
    .toSorted(([a], [b]) => a - b)
    .map(([start, own]): CohortRow => {
      const inOrder = own.toSorted((a, b) => a.age - b.age);
      return { start, cells: inOrder, churnedAt: churnOf(inOrder, averages) };
    });
  return { rows, ages, averages };
}

/** An unfinished period proves nothing: members may still come back in it. */
function churnOf(cells: readonly CohortCell[], averages: ReadonlyMap<number, number>): number | null {
  const finished = cells.filter(({ unfinished }) => !unfinished);
  const isGone = ({ age, share }: CohortCell) => share < gone * (averages.get(age) ?? 0);
  const last = finished.findLastIndex((cell) => !isGone(cell));
  const lost = finished.slice(last + 1);
  if (last < 0 || (lost.length < leastAges && lost.some(({ share }) => share > 0))) return null;
  return lost[0]?.age ?? null;
}
