import type { NameFix } from '../../contract/app-error';

/** The name that a message of DuckDB complains about. */
const unknownName = [
  /(?:Table|View|Function|Macro|Type|Sequence|Schema) with name (?<wrong>[^]+?) does not exist/,
  /Referenced (?:column|table) "(?<wrong>[^]+?)" not found/,
  /does not have a column (?:named|with name) "(?<wrong>[^]+?)"(?=\n|[.,;:!]|$)/,
  /Could not find key "(?<wrong>[^]+?)" in struct/,
];
const listPattern = /(?:Did you mean:?|Candidate (?:bindings|tables|[Ee]ntries):[: ]*)(?<list>.*)/;
/** DuckDB doesn't escape quotes inside names: only one before a comma, or at the end, closes a name. */
const listedName = /"(?<name>.+?)"(?=,|\?|\s*$)/g;
/** Tables of DuckDB itself are near many names, and are never meant. */
const internalName = /^(?:pg_|duckdb_|sqlite_|pragma_)/;
const mostCandidates = 3;

/** The unknown name in a message of DuckDB, and the names that DuckDB offers instead; undefined if it offers none. */
export function nameFixIn(message: string): NameFix | undefined {
  const wrong = unknownName
    .map((pattern) => pattern.exec(message)?.groups?.['wrong'])
    .find((name) => name !== undefined);
  const list = listPattern.exec(message)?.groups?.['list'];
  if (wrong === undefined || list === undefined) return undefined;
  const candidates = [...list.matchAll(listedName)]
    // DuckDB's own types are in its schema.
    .map(({ groups }) => (groups?.['name'] ?? '').replace(/^main\./, ''))
    .filter((name) => name !== '' && (!internalName.test(name) || internalName.test(wrong)));
  return candidates.length > 0 ? { wrong, candidates: candidates.slice(0, mostCandidates) } : undefined;
}
