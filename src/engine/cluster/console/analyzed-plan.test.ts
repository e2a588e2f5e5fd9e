import { expect, test } from 'vitest';
import type { PlanNode } from '../../../contract/result-work';
import { analyzedPlan } from './analyzed-plan';
import recorded from './recorded-plan.txt?raw';

const tree = `TopN 3
 LocalExchange 3
  RemoteSource 3
   TopNPartial 3
    LocalExchange 3
     TopNPartial 3
      LocalExchange 3
       TopNPartial 3
        Aggregate 3
         LocalExchange 6
          RemoteSource 6
           Aggregate 6
            Project 1900
             InnerJoin 1900
              RemoteSource 99500
               Project 99500
                CrossJoin Unnest 99500
                 FilterProject 995
                  Unnest 1000
                   LocalExchange 1
                    Values 1
              Aggregate 19
               LocalExchange 19
                RemoteSource 19
                 Aggregate 19
                  ScanFilter 125`;

/** Names and rows as an outline. */
function outline({ name, rows, children }: PlanNode, depth = 0): string[] {
  return [`${' '.repeat(depth)}${name} ${rows}`, ...children.flatMap((child) => outline(child, depth + 1))];
}

test('the plan of a real Trino becomes one tree over its fragments', () => {
  const plan = analyzedPlan(recorded);
  expect(plan && outline(plan.root).join('\n')).toBe(tree);
  // Queued, analysis, planning and execution; the fragments together.
  expect(plan?.totalMs).toBeCloseTo(1.35 + 2.79 + 1_140 + 2_200, 5);
  expect(plan?.cpuMs).toBeGreaterThan(0);
  expect(plan?.root.details).toContainEqual({ name: 'Of', value: 'count = 5, orderBy = [count DESC NULLS LAST]' });
});

test.each(['', 'Query plan of another server', 'Fragment 1 [SINGLE]\n  nothing known'])('no plan: %j', (text) => {
  expect(analyzedPlan(text)).toBe(null);
});

test('fragments that name each other end', () => {
  const text =
    'Fragment 1 [SINGLE]\n    RemoteSource[sourceFragmentIds = [2]]\nFragment 2 [HASH]\n    RemoteSource[sourceFragmentIds = [1, 2]]\n';
  expect(analyzedPlan(text)?.root).toMatchObject({ name: 'RemoteSource', children: [{ name: 'RemoteSource' }] });
});
