import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPathText } from './json-path';
import { readJsonText, type JsonText } from './json-text';

/** Leaves with the path to each, as the tree shows them. */
function leavesOf(value: JsonText, path: string): string[] {
  if (!('entries' in value)) return [`${path} ${value.source}`];
  return value.entries.flatMap(({ step, hidden, value: child }) =>
    leavesOf(child, `${path}/${step}${hidden ? ' (hidden)' : ''}`),
  );
}

describe('a JSON text', () => {
  it('keeps every digit, every key and their order', () => {
    const text = '{"b": 9007199254740993, "2": 1.50, "1": 1e400, "b": -0, "n": [12345678901234567890.123, null, true]}';
    const tree = readJsonText(text);
    expect(tree && leavesOf(tree, '')).toEqual([
      '/b 9007199254740993',
      '/2 1.50',
      '/1 1e400',
      '/b (hidden) -0',
      '/n/0 12345678901234567890.123',
      '/n/1 null',
      '/n/2 true',
    ]);
  });

  it('shows strings as they are written, and compares them as they are meant', () => {
    const tree = readJsonText(String.raw`["\u00e9\n", "ä"]`);
    const entries = tree && 'entries' in tree ? tree.entries : [];
    expect(entries.map(({ value }) => value)).toEqual([
      { kind: 'string', value: 'é\n', source: String.raw`"\u00e9\n"` },
      { kind: 'string', value: 'ä', source: '"ä"' },
    ]);
  });

  it.each(['{"a": 1,}', '[NaN, -Infinity]', ' [] ', '{}'])('reads what DuckDB takes for JSON: %s', (text) => {
    expect(readJsonText(text)).not.toBeNull();
  });

  it.each(['', '{"a": 1', '[1 2]', '{"a" 1}', '[1] x', '{a: 1}', '["', '[,]', '{"a":}', ']'])('refuses %s', (text) => {
    expect(readJsonText(text)).toBeNull();
  });

  it('reads whatever JSON.stringify writes', () => {
    const toValue = (value: JsonText): unknown => {
      if (value.kind === 'object')
        return Object.fromEntries(value.entries.map((entry) => [entry.step, toValue(entry.value)]));
      if (value.kind === 'array') return value.entries.map((entry) => toValue(entry.value));
      const leaf: unknown = JSON.parse(value.source);
      return leaf;
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const tree = readJsonText(text);
        expect(tree && JSON.stringify(toValue(tree))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

describe('a path', () => {
  it.each([
    [['a', 0, 'b c'], '$.a[0]."b c"'],
    [['*'], '/*'],
    [['a', ''], '/a/'],
    [['a"b', 'c/d~e', 1], '/a"b/c~1d~0e/1'],
    [[], '$'],
  ])('%j is %s', (path, text) => {
    expect(jsonPathText(path)).toBe(text);
  });
});
