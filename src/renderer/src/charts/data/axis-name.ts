import { columnTitle } from '../../format/model-title';

/** Longer titles would run out of a narrow chart. */
const mostLetters = 60;

/** The title of an axis with several columns: the words that they end in, otherwise all of them. */
export function axisNameOf(names: readonly string[]): string {
  const words = names.map((name) => columnTitle(name).split(' '));
  const [first = []] = words;
  let shared = 0;
  while (shared < first.length && words.every((each) => each.at(-1 - shared) === first.at(-1 - shared))) shared += 1;
  if (shared > 0) return first.slice(first.length - shared).join(' ');
  const all = words.map((each) => each.join(' ')).join(', ');
  return all.length > mostLetters ? `${all.slice(0, mostLetters - 1)}…` : all;
}
