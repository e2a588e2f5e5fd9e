/**
 * Column names of a result for a file or a JSON object: unique regardless of case, numbered as in DuckDB (`a`, `a_1`).
 * SQL can't write an empty name or a NUL: the position replaces the first, `␀` the second.
 */
export function distinctNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((given, index) => {
    const name = given === '' ? `column${index}` : given.replaceAll('\0', '␀');
    let distinct = name;
    for (let count = counts.get(name.toLowerCase()) ?? 0; counts.has(distinct.toLowerCase());) {
      count += 1;
      distinct = `${name}_${count}`;
      counts.set(name.toLowerCase(), count);
    }
    counts.set(distinct.toLowerCase(), 0);
    return distinct;
  });
}
