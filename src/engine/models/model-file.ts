import path from 'node:path';
import { layers, modelKinds, periodUnits, type Model, type ModelPeriod } from '../../contract/warehouse';
import { parameterNames } from '../../contract/text/sql-text';
import { withoutComments } from '../sql/sql-comments';
import { constantOf, type ModelParameter } from './model-parameters';
import { invalid, parseHeader, type SqlHeader } from './sql-header';

/** A model as declared by its file: a comment header and one SELECT; `sql` is the whole file. */
export interface ModelFile extends Omit<Model, 'built' | 'onCluster' | 'problem'> {
  /** The path from the folder of models, for messages. */
  readonly file: string;
  /** Defaults of its `$name` parameters. */
  readonly parameters: readonly ModelParameter[];
  /** The text that stands for `sql` on Trino; null where one text is for both, or there is none. */
  readonly trinoSql: string | null;
  /** Line of `depends on`, for errors that are found only when all models are known. */
  readonly dependsOnLine: number;
}

const keys = ['name', 'layer', 'kind', 'period', 'grain', 'depends on', 'parameters', 'columns', 'summary'];
const modelName = /^[a-z][a-z0-9_]*$/;
const goldPrefix = 'gold_';

/**
 * Reads a model that ships with the app:
 * ```
 * -- name: gold_weekly_active_teams
 * -- layer: gold                    bronze, silver or gold
 * -- kind: incremental              view, table or incremental
 * -- period: week of week           only of an incremental model: day, week or month, and the column with its first day
 * -- grain: one row per week
 * -- depends on: silver_events      models, or a path such as data/events; separated by commas
 * -- columns:
 * --   week: the Monday that the week starts on
 * -- summary: One sentence.
 * ```
 * @param file its path from the folder of models
 * @throws AppError MODEL_INVALID with the file and the line
 */
export function parseModelFile(sql: string, file: string): ModelFile {
  const header = parseHeader(sql, keys, file);
  const name = header.required('name');
  if (name !== path.basename(file, '.sql')) {
    throw invalid(file, header.lineOf('name'), `its name, ${name}, doesn't match the file name`);
  }
  header.required('depends on');
  const kind = header.choice('kind', modelKinds);
  return {
    name,
    layer: header.choice('layer', layers),
    kind,
    period: kind === 'incremental' ? periodOf(header, file) : null,
    origin: 'shipped',
    grain: header.required('grain'),
    dependsOn: header.list('depends on'),
    columns: header.columns,
    summary: header.required('summary'),
    sql,
    file,
    parameters: [],
    trinoSql: null,
    dependsOnLine: header.lineOf('depends on'),
  };
}

/**
 * Reads a user model. Its header may be incomplete or missing: the model is then a table that is rebuilt whenever a
 * model changes whose name occurs in it. Only its `$name` parameters need a default there:
 * ```
 * -- parameters:
 * --   event: VARCHAR 'purchase'
 * ```
 * @param knownModels names that it may depend on
 */
export function parseUserModel(sql: string, file: string, knownModels: readonly string[]): ModelFile {
  const header = parseHeader(sql, keys, file, false);
  const name = userModelName(file);
  if (!modelName.test(name)) {
    throw invalid(
      file,
      1,
      `its file name may only contain lowercase letters, digits and _, and must start with a letter`,
    );
  }
  if (header.optional('layer') !== null) header.choice('layer', ['gold']);
  const kind = header.optional('kind') === null ? 'table' : header.choice('kind', modelKinds);
  const dependsOn =
    header.optional('depends on') === null ? namesIn(sql, knownModels, name) : header.list('depends on');
  return {
    name,
    layer: 'gold',
    kind,
    period: kind === 'incremental' ? periodOf(header, file) : null,
    origin: 'user',
    grain: header.optional('grain') ?? 'not stated',
    dependsOn,
    columns: header.columns,
    summary: header.optional('summary') ?? 'Your own metric.',
    sql,
    file,
    parameters: parametersOf(sql, header, file),
    trinoSql: null,
    dependsOnLine: header.lineOf('depends on'),
  };
}

/** @throws AppError MODEL_INVALID for a parameter of the SQL without a usable default in the header */
function parametersOf(sql: string, header: SqlHeader, file: string): ModelParameter[] {
  return parameterNames(sql).map((name) => {
    const written = header.parameters.find((parameter) => parameter.name === name)?.written;
    const constant = written === undefined ? null : constantOf(written);
    if (constant !== null) return { name, constant };
    const line = header.lineOf('parameters');
    const example = `"--   ${name}: VARCHAR 'purchase'" below "-- parameters:"`;
    throw invalid(file, line, `its parameter $${name} has no default in the header, such as ${example}`);
  });
}

/** `gold_<name>` for `<name>.sql`. */
export function userModelName(file: string): string {
  const name = path.basename(file, '.sql');
  return name.startsWith(goldPrefix) ? name : `${goldPrefix}${name}`;
}

function periodOf(header: SqlHeader, file: string): ModelPeriod {
  const [unitText, column] = header.required('period').split(/\s+of\s+/);
  const unit = periodUnits.find((candidate) => candidate === unitText);
  if (!unit || !column) {
    const example = '"week of week": one of day, week, month, and the column that holds its first day';
    throw invalid(file, header.lineOf('period'), `"${header.required('period')}" isn't a period such as ${example}`);
  }
  return { unit, column };
}

/** The `names` that occur in the SQL outside comments. */
export function namesIn(sql: string, names: readonly string[], self: string): string[] {
  const words = new Set(withoutComments(sql).toLowerCase().match(/\w+/g));
  return names.filter((name) => name !== self && words.has(name));
}
