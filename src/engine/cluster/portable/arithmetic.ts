import { equalCastTypes, integerFunctions, integerTypes } from './known-functions';
import { closingOf, isSymbol, isWord, openingOf, type CodeToken } from './reader';

/** The problem with a cast at `index`; null if there is none. */
export function castProblem(tokens: readonly CodeToken[], index: number): string | null {
  if (!isWord(tokens[index], 'CAST') || !isSymbol(tokens[index + 1], '(')) return null;
  const as = typeOf(tokens, index);
  const type = tokens[as]?.text ?? '';
  if (equalCastTypes.has(type)) return null;
  if (type === 'TIMESTAMP') {
    const isExact = isSymbol(tokens[as + 1], '(') && tokens[as + 2]?.text === '6';
    return isExact ? null : 'TIMESTAMP has milliseconds in Trino; write TIMESTAMP(6)';
  }
  if (integerTypes.has(type)) return integerProblem(tokens, index + 2, type);
  if (type === 'VARCHAR') return 'numbers and times have another form as text in Trino';
  return `the type ${type.toLowerCase()} may differ or not exist in Trino`;
}

/** Index of the type that the cast at `index` names. */
function typeOf(tokens: readonly CodeToken[], index: number): number {
  const close = closingOf(tokens, index + 1);
  let type = close;
  for (let at = index + 2; at < close; at += 1) {
    // The last AS of the cast's own level.
    if (isSymbol(tokens[at], '(')) at = closingOf(tokens, at);
    else if (isWord(tokens[at], 'AS')) type = at + 1;
  }
  return type;
}

/** A fraction is rounded, so only values that count may be cast to an integer. */
function integerProblem(tokens: readonly CodeToken[], from: number, type: string): string | null {
  const inner = isWord(tokens[from], 'COALESCE') ? from + 2 : from;
  const counts = tokens[inner]?.kind === 'word' && integerFunctions.has(tokens[inner].text);
  return counts ? null : `a fraction that is cast to ${type} is rounded differently in Trino`;
}

/** The problem with a division at `index`: of integers it gives a fraction in DuckDB, and an integer in Trino. */
export function divisionProblem(tokens: readonly CodeToken[], index: number): string | null {
  if (!isSymbol(tokens[index], '/')) return null;
  // Another rule tells of //.
  if (isSymbol(tokens[index + 1], '/') || isSymbol(tokens[index - 1], '/')) return null;
  const left = isSymbol(tokens[index - 1], ')') ? openingOf(tokens, index - 1) - 1 : -1;
  if (isCastToDouble(tokens, left) || isCastToDouble(tokens, index + 1)) return null;
  return 'integers divide to an integer in Trino; write CAST(... AS DOUBLE) / ...';
}

function isCastToDouble(tokens: readonly CodeToken[], index: number): boolean {
  return isWord(tokens[index], 'CAST') && isWord(tokens[typeOf(tokens, index)], 'DOUBLE');
}
