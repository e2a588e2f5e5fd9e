import { AppError } from '../../contract/app-error';
import { layers, modelKinds, type Model } from '../../contract/warehouse';

/** A model as its file declares it: a comment header and one SELECT; `sql` is the whole file. */
export type ModelFile = Omit<Model, 'built'>;

const headerLine = /^--\s?(?<indent>\s*)(?<key>[a-z][a-z0-9_ ]*?)\s*:\s*(?<value>.*)$/i;
const headerKeys = ['name', 'layer', 'kind', 'grain', 'depends on', 'columns', 'summary'] as const;
type HeaderKey = (typeof headerKeys)[number];

/**
 * Reads the header of a model:
 * ```
 * -- name: gold_weekly_active_teams
 * -- layer: gold                    bronze, silver or gold
 * -- kind: table                    view or table
 * -- grain: one row per week
 * -- depends on: silver_events      models, or a path such as data/events; separated by commas
 * -- columns:
 * --   week: the Monday that the week starts on
 * -- summary: One sentence.
 * ```
 * @param file for messages only
 * @throws AppError MODEL_INVALID that names the file and the line
 */
export function parseModelFile(sql: string, file: string): ModelFile {
  const header = new Map<HeaderKey, string>();
  const columns: { name: string; meaning: string }[] = [];
  for (const [index, line] of sql.split('\n').entries()) {
    if (!line.startsWith('--')) break;
    const { indent, key, value } = headerLine.exec(line)?.groups ?? {};
    if (key === undefined || value === undefined)
      throw invalid(file, index + 1, `"${line}" is no "-- key: value" line`);
    if (indent) columns.push({ name: key, meaning: value });
    else header.set(headerKey(key, file, index + 1), value);
  }
  const read = (key: HeaderKey): string => {
    const value = header.get(key);
    if (!value) throw invalid(file, 1, `its header has no "${key}"`);
    return value;
  };
  return {
    name: read('name'),
    layer: oneOf(layers, read('layer'), file),
    kind: oneOf(modelKinds, read('kind'), file),
    grain: read('grain'),
    dependsOn: read('depends on')
      .split(',')
      .map((name) => name.trim()),
    columns,
    summary: read('summary'),
    sql,
  };
}

function headerKey(key: string, file: string, line: number): HeaderKey {
  const known = headerKeys.find((candidate) => candidate === key.toLowerCase());
  if (!known) throw invalid(file, line, `"${key}" is none of ${headerKeys.join(', ')}`);
  return known;
}

function oneOf<T extends string>(allowed: readonly T[], value: string, file: string): T {
  const known = allowed.find((candidate) => candidate === value);
  if (!known) throw invalid(file, 1, `"${value}" is none of ${allowed.join(', ')}`);
  return known;
}

export function invalid(file: string, line: number, reason: string): AppError {
  return new AppError('MODEL_INVALID', `The model ${file} is not valid (line ${line}): ${reason}.`, {
    action: 'Correct the file and refresh again.',
  });
}
