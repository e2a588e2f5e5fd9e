import { sqlTokens } from '../../../../contract/text/sql-text';

/**
 * Whether the next word of a statement is a name that the user makes up, as after `count(*) AS`: a list of existing names
 * would only be in the way, and Enter would choose from it.
 * @param before the statement up to that word
 */
export function startsNewName(before: string): boolean {
  const words = [...sqlTokens(before)].flatMap(({ kind, from, to }) =>
    kind === 'space' || kind === 'comment' ? [] : before.slice(from, to).toUpperCase(),
  );
  if (words.at(-1) !== 'AS') return false;
  const open = lastOpen(words);
  // After these, AS is followed by a type, or by a query.
  if (open !== null) return !['CAST', 'TRY_CAST'].includes(words[open - 1] ?? '');
  return words[0] !== 'CREATE';
}

/** Index of the last parenthesis that is not closed; null for none. */
function lastOpen(words: readonly string[]): number | null {
  let closed = 0;
  for (let index = words.length - 1; index >= 0; index -= 1) {
    if (words[index] === ')') closed += 1;
    if (words[index] === '(' && closed === 0) return index;
    if (words[index] === '(') closed -= 1;
  }
  return null;
}
