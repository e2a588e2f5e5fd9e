import type { Plan, PlanNode } from '../../../contract/result-work';

/** An operator while the text is read. */
interface Operator {
  readonly name: string;
  /** The offset of the name in its line. */
  readonly column: number;
  /** Fragments whose rows it receives over the network. */
  readonly sources: readonly string[];
  readonly details: { name: string; value: string }[];
  readonly children: Operator[];
  ms: number;
  rows: number;
}

/** Longer details are cut: Trino repeats constants in full. */
const maxDetail = 300;
const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const durationPattern = /(?<count>\d+(?:\.\d+)?)(?<unit>ns|us|ms|s|m|h|d)\b/;
/** `    │  └─ Aggregate[keys = [a]]`; only the first operator of a fragment has no branch. */
const operatorPattern = /^(?<lead>[ │]*)(?<branch>[├└]─ )?(?<name>[A-Z][\w ]*)\[(?<text>.*)\](?: => .*)?$/u;

/**
 * The plan of `EXPLAIN ANALYZE`, which Trino writes only as text: one tree of operators, with its fragments joined where
 * rows cross the network. Null for a text that it can't read.
 */
export function analyzedPlan(text: string): Plan | null {
  const fragments = new Map<string, Operator>();
  let totalMs = 0;
  let cpuMs = 0;
  let fragment = '';
  let path: Operator[] = [];
  for (const line of text.split('\n')) {
    const [, begun] = /^Fragment (\S+) \[/.exec(line) ?? [];
    if (begun !== undefined) {
      fragment = begun;
      path = [];
    } else if (line.startsWith('Queued: ')) {
      totalMs = sumOfDurations(line);
    } else if (fragment !== '') {
      const operator = operatorIn(line, path.length > 0);
      const last = path.at(-1);
      if (operator) {
        path = path.filter(({ column }) => column < operator.column);
        path.at(-1)?.children.push(operator);
        if (path.length === 0) fragments.set(fragment, operator);
        path.push(operator);
      } else if (last) {
        readDetail(line.replace(/^[ │]+/u, ''), last);
      } else if (/^ +CPU: /.test(line)) {
        cpuMs += durationAfter(line, 'CPU: ');
      }
    }
  }
  const [root] = fragments.values();
  if (!root) return null;
  return { totalMs, cpuMs, root: nodeOf(root, fragments, new Set()), parquet: { opened: [], pruned: [] } };
}

function operatorIn(line: string, isBelow: boolean): Operator | null {
  const found = operatorPattern.exec(line)?.groups;
  if (!found) return null;
  const { lead = '', branch = '', name = '', text = '' } = found;
  // The details of an operator may look like one, but they have no branch.
  if (isBelow && branch === '') return null;
  const [, ids = ''] = /sourceFragmentIds = \[([^\]]*)\]/.exec(text) ?? [];
  const sources = ids.split(', ').filter(Boolean);
  const details = text === '' || sources.length > 0 ? [] : [{ name: 'Of', value: text.slice(0, maxDetail) }];
  return { name, column: lead.length + branch.length, sources, details, children: [], ms: 0, rows: 0 };
}

/** A line below an operator: its times and rows, or one of its expressions. */
function readDetail(line: string, operator: Operator): void {
  if (line.startsWith('CPU: ')) {
    operator.ms = durationAfter(line, 'CPU: ');
    operator.rows = Number(/Output: (\d+) rows?/.exec(line)?.[1] ?? 0);
    for (const name of ['Scheduled', 'Blocked']) {
      const [, value] = new RegExp(`${name}: ([^ ,]+)`).exec(line) ?? [];
      if (value !== undefined && !value.startsWith('0.00')) operator.details.push({ name, value });
    }
    return;
  }
  const [, name, value] = /^([^:(]+?)(?: :=|:) (.+)$/.exec(line) ?? [];
  if (name === undefined || value === undefined || name === 'Layout' || name.includes('Input avg.')) return;
  operator.details.push({ name, value: value.slice(0, maxDetail) });
}

function nodeOf(
  { name, ms, rows, details, children, sources }: Operator,
  fragments: ReadonlyMap<string, Operator>,
  above: ReadonlySet<string>,
): PlanNode {
  const received = sources
    .filter((source) => !above.has(source))
    .flatMap((source) => {
      const operator = fragments.get(source);
      return operator ? [nodeOf(operator, fragments, new Set([...above, source]))] : [];
    });
  const below = children.map((child) => nodeOf(child, fragments, above));
  return { name, ms, rows, details, files: null, children: [...below, ...received] };
}

function sumOfDurations(line: string): number {
  return line.split(', ').reduce((sum, part) => sum + durationAfter(part, ': '), 0);
}

function durationAfter(line: string, label: string): number {
  const { count = '0', unit = '' } = durationPattern.exec(line.slice(line.indexOf(label)))?.groups ?? {};
  return Number(count) * (units[unit] ?? 0);
}
