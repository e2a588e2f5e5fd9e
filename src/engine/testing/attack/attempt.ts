import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../contract/app-error';
import { systemError } from '../../fs/system-error';
import { removeWholeTree } from '../../fs/remove-tree';
import { recoverWhenOpened } from '../../warehouse/recover-workspace';
import { makeHostileWorkspace, type HostileWorkspace } from '../hostile-folder';
import { randomOf, type SeededRandom } from '../seeded-random';
import { databaseKinds } from './database-kinds';
import { kinds, pick, type Kind } from './kinds';
import { operations, operationsOn, type Operation } from './operations';
import { places, type Place } from './places';
import type { TemplateNames } from './template';

/** Time limit of one operation; the slowest take three seconds. */
export const longestMs = 20_000;

interface Trap {
  readonly place: Place;
  readonly kind: Kind;
}

/** The outcome of an attack; sent across processes. */
export interface Verdict {
  readonly number: number;
  readonly title: string;
  readonly ms: number;
  /** How the operation ended: `done`, or the code of the error. */
  readonly outcome: string;
  /** Why it is broken; null where it held. */
  readonly broken: string | null;
}

/** The template that attempts copy, and the folder for the copies. */
export interface Ground {
  readonly parent: string;
  readonly template: string;
  readonly names: TemplateNames;
}

/** Each kind at each place where it fits. */
const traps: readonly Trap[] = places.flatMap((place) =>
  [...kinds, ...databaseKinds].filter(({ fits }) => fits(place)).map((kind) => ({ place, kind })),
);

/** Number of traps; as many attempts set each of them once. */
export const trapCount = traps.length;

/** All traps, in an order determined by the seed. */
function shuffled(seed: number): Trap[] {
  const random = randomOf(seed);
  const order = [...traps];
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    const [a, b] = [order[index], order[other]];
    if (a && b) [order[index], order[other]] = [b, a];
  }
  return order;
}

interface Plan {
  readonly traps: readonly Trap[];
  readonly opens: boolean;
  readonly operation: Operation;
}

function planOf(seed: number, number: number, random: SeededRandom): Plan {
  const order = shuffled(seed);
  const chosen = order.slice(number % order.length, (number % order.length) + 1);
  const part = chosen[0]?.place.part ?? 'events';
  // Traps that work together, such as a staged file and a day that is a link.
  while (random.below(3) === 0 && chosen.length < 3) {
    const another = order[random.below(order.length)];
    // The database's own objects need the database.
    if (another && !databaseKinds.includes(another.kind)) chosen.push(another);
  }
  const about = random.below(5) > 0 ? operationsOn(part) : operations;
  const [first, ...others] = about;
  if (!first) throw new Error(`No operation is about ${part}.`);
  return { traps: chosen, opens: random.below(2) === 0, operation: pick(random, [first, ...others]) };
}

/** A description of an attempt. */
export function titleOf(seed: number, number: number): string {
  const { traps: set, opens, operation } = planOf(seed, number, randomOf(seed + number));
  const told = set.map(({ place, kind }) => `${kind.name} at ${JSON.stringify(place.name)}`).join(' and ');
  return `${told}: ${opens ? 'open, then ' : ''}${operation.name}`;
}

/** Sets traps in a copy of the template, runs an operation, and checks the neighbours. */
export async function attempt(seed: number, number: number, ground: Ground): Promise<Verdict> {
  const random = randomOf(seed + number);
  const plan = planOf(seed, number, random);
  const hostile = await makeHostileWorkspace(ground.parent);
  try {
    await cp(ground.template, hostile.workspace.folder, { recursive: true, verbatimSymlinks: true });
    const set = await setTraps(plan.traps, hostile, ground.names, random);
    const options = { withoutLinkCounts: plan.traps.some(({ kind }) => kind.name.startsWith('hard link')) };
    const before = await hostile.neighbours(options);
    const began = performance.now();
    const { outcome, broken } = set ?? (await outcomeOf(plan, hostile, random));
    const ms = Math.round(performance.now() - began);
    const after = await hostile.neighbours(options);
    const reasons = [broken, ms > longestMs ? 'It took too long.' : null, difference(before, after)];
    return { number, title: titleOf(seed, number), ms, outcome, broken: reasons.find((reason) => reason !== null) ?? null };
  } finally {
    await removeWholeTree(hostile.home);
  }
} // prettier-ignore

interface Outcome {
  readonly outcome: string;
  readonly broken: string | null;
}

/** @returns the outcome if the first trap can't be set, which is a mistake in this suite; otherwise null */
async function setTraps(
  set: readonly Trap[],
  hostile: HostileWorkspace,
  names: TemplateNames,
  random: SeededRandom,
): Promise<Outcome | null> {
  for (const [index, { place, kind }] of set.entries()) {
    const file = path.join(hostile.workspace.folder, place.path(names));
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await kind.set({ hostile, place, names, file, random });
    } catch (error) {
      // An earlier trap may have removed the folder.
      if (index === 0) return { outcome: 'not tried', broken: `The trap could not be set: ${String(error)}` };
    }
  }
  return null;
}

async function outcomeOf({ opens, operation }: Plan, { workspace }: HostileWorkspace, random: SeededRandom): Promise<Outcome> {
  try {
    if (opens) await recoverWhenOpened(workspace, () => undefined);
    await operation.run(workspace, random);
    return { outcome: 'done', broken: null };
  } catch (thrown) {
    // As the window and the command line report it.
    const error = systemError(thrown, workspace.folder) ?? thrown;
    if (!(error instanceof AppError)) return { outcome: 'INTERNAL', broken: describe(error) };
    const { code, message, details } = error;
    return { outcome: code, broken: code === 'INTERNAL' ? `${message} ${details.cause ?? ''}` : null };
  }
} // prettier-ignore

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function difference(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string | null {
  if (isDeepStrictEqual(before, after)) return null;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const told = [...names].filter((name) => before[name] !== after[name]);
  return `Neighbours were changed: ${told.map((name) => `${name}: ${before[name] ?? 'missing'} -> ${after[name] ?? 'missing'}`).join('; ')}`;
}
