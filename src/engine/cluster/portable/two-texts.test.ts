import { expect, test } from 'vitest';
import { loadChecks } from '../../models/check-file';
import { loadModels } from '../../models/models';
import { withoutComments } from '../../sql/sql-comments';
import { modelsFolder } from '../../testing/temporary-workspace';

const linesOf = (sql: string) =>
  withoutComments(sql)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The lines that only one of two texts has: the fewest, so that those in common are in the same order. */
function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const from = (i: number, j: number): readonly string[] => {
    const key = `${i} ${j}`;
    const found = known.get(key) ?? step(i, j);
    known.set(key, found);
    return found;
  };
  const step = (i: number, j: number): readonly string[] => {
    const [a, b] = [ours[i], theirs[j]];
    if (a === undefined) return theirs.slice(j).map((line) => `+ ${line}`);
    if (b === undefined) return ours.slice(i).map((line) => `- ${line}`);
    if (a === b) return from(i + 1, j + 1);
    const [removed, added] = [
      [`- ${a}`, ...from(i + 1, j)],
      [`+ ${b}`, ...from(i, j + 1)],
    ];
    return removed.length <= added.length ? removed : added;
  };
  return from(0, 0);
}

/*
 * A model or check with a second text for Trino repeats what both have in common. The lines in which they differ are
 * recorded, so that a change of one text alone fails here, long before `npm run test:cluster` compares the rows.
 */
test('the two texts of a model or check differ where they are known to differ, and nowhere else', async () => {
  const all = [...(await loadModels(modelsFolder)), ...(await loadChecks(modelsFolder))];
  const found = all.flatMap(({ name, sql, trinoSql }) =>
    trinoSql === null ? [] : ['', name, ...differences(linesOf(sql), linesOf(trinoSql))],
  );
  const head = [
    'Where the texts of a model or check for DuckDB (-) and for Trino (+) differ.',
    'Has one of them changed? Change the other likewise, then: npx vitest run src/engine/cluster/portable -u',
    'Whether both give the same rows is shown by: npm run test:cluster',
  ];
  await expect(`${[...head, ...found].join('\n')}\n`).toMatchFileSnapshot('two-texts.txt');
});
