/**
 * The names of a result's columns as a file or a JSON object can hold them: each once whatever its case, told apart as
 * DuckDB does (`a`, `a_1`). SQL can't write an empty name or a NUL: the place stands for the first, `␀` for the second.
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
