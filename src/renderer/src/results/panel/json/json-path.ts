export type JsonPath = readonly (string | number)[];

/** Keys that a JSON path can express: not `*`, which means all keys, and not the empty key. */
const pathKey = /^[^"\\*\0]+$/;

/**
 * A path in the syntax of DuckDB's JSON functions: `$.items[0]."a b"`; a JSON pointer (`/items/0/*`) for keys that need
 * it.
 */
export function jsonPathText(path: JsonPath): string {
  if (path.some((step) => typeof step === 'string' && !pathKey.test(step))) return jsonPointer(path);
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return /^[A-Za-z_]\w*$/.test(step) ? `${text}.${step}` : `${text}."${step}"`;
  }, '$');
}

function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
