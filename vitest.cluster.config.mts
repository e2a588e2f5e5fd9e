import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By name, but those that kill nodes last: nodes that have just been started are slow. */
class NodesKilledLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = ({ moduleId }: TestSpecification) => `${moduleId.endsWith('/faults.cluster.test.ts')} ${moduleId}`;
    return files.toSorted((a, b) => key(a).localeCompare(key(b)));
  }
}

/** The tests on a real cluster, which `scripts/cluster/test.mjs` starts: `npm run test:cluster`. */
export default defineConfig({
  test: {
    include: ['src/**/*.cluster.test.ts'],
    // They share the cluster, and some of them kill parts of it.
    fileParallelism: false,
    sequence: { sequencer: NodesKilledLast },
    // With the time of each test, by which a run that takes too long can be shortened.
    reporters: ['verbose'],
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});
