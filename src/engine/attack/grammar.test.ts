import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trapCount } from '../testing/attack/attempt';
import { drive } from '../testing/attack/drive';
import { bundledProgram } from '../testing/killed-process';
import { seededRandom } from '../testing/seeded-random';
import { countTried } from '../testing/tried';

/*
 * Attacks built from parts: a kind of trap, a place in the workspace, and a user's operation. This is a sample; `npm
 * run attack` runs all of them, and `ATTACK_NUMBERS=3,17` with the printed seed repeats some.
 */

const sample = 100;

function numbersOf(random: { below: (end: number) => number }): number[] {
  const named = process.env['ATTACK_NUMBERS'];
  if (named !== undefined) return named.split(',').map(Number);
  const wanted = Number(process.env['ATTEMPTS'] ?? sample);
  // `npm run attack` sets each trap once; a sample takes traps in the order that the seed determines.
  const first = random.below(trapCount);
  return Array.from({ length: wanted }, (_, index) => first + index);
}

test('traps at the paths of a workspace', { timeout: 7_200_000 }, async () => {
  const random = seededRandom('attacks');
  const numbers = numbersOf(random);
  const broken: string[] = [];
  const outcomes: Record<string, number> = {};
  let held = 0;
  await drive({
    program: await bundledProgram('attack-process'),
    seed: random.seed,
    numbers,
    processes: 2,
    onVerdict: (verdict) => {
      const log = process.env['ATTACK_LOG'];
      if (log !== undefined) appendFileSync(log, `${JSON.stringify(verdict)}\n`);
      outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
      if (verdict.broken === null) held += 1;
      else broken.push(`attempt ${verdict.number} of TEST_SEED=${random.seed}, ${verdict.title}: ${verdict.broken}`);
    },
  });
  process.stdout.write(`  outcomes: ${JSON.stringify(outcomes)}\n`);
  countTried('traps', { tried: numbers.length, held });
  expect(broken).toEqual([]);
  expect(held).toBe(numbers.length);
});
