import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { plantedKinds, type PlantedKind } from '../../contract/facts/facts';
import { withoutEnd } from '../sql/sql-comments';
import { invalid, parseHeader } from './sql-header';

/** The SQL of a kind of planted fact: one SELECT that measures it, or looks for it everywhere. */
export interface FactSql {
  /** For messages: `facts/proofs/launch.sql`. */
  readonly file: string;
  /** Models, and tables of the warehouse's own records, that it reads. */
  readonly dependsOn: readonly string[];
  readonly sql: string;
}

/** The files of a kind of planted fact. */
export interface FactFile {
  readonly kind: PlantedKind;
  /** Measures the fact where its first CTE, `fact`, says. Returns one row, or none if the data is too short. */
  readonly proof: FactSql;
  /** Looks over the whole range and returns what it finds. */
  readonly detector: FactSql;
}

const keys = ['name', 'depends on', 'measures', 'source', 'summary'];

/**
 * Reads `facts/proofs/<kind>.sql` and `facts/detectors/<kind>.sql` below the folder of models.
 * @throws AppError MODEL_INVALID with the file and the line
 */
export async function loadFactFiles(modelsFolder: string): Promise<FactFile[]> {
  const load = async (folder: string, kind: PlantedKind): Promise<FactSql> => {
    const file = `facts/${folder}/${kind}.sql`;
    const sql = await readFile(path.join(modelsFolder, file), 'utf8');
    const header = parseHeader(sql, keys, file);
    if (header.required('name') !== kind) {
      throw invalid(file, header.lineOf('name'), `its name, ${header.required('name')}, doesn't match the file name`);
    }
    for (const key of ['measures', 'source', 'summary']) header.required(key);
    header.required('depends on');
    return { file, dependsOn: header.list('depends on'), sql };
  };
  return Promise.all(
    plantedKinds.map(async (kind) => ({
      kind,
      proof: await load('proofs', kind),
      detector: await load('detectors', kind),
    })),
  );
}

const firstCte = /^WITH fact AS \(\n {2}SELECT\n(?<columns>(?: {4}.+\n)+)\),?\n/m;
const column = /^ {4}.+ AS (?<name>\w+),?$/;

/**
 * The SQL of a proof with other values in its first CTE; without a semicolon at the end.
 * @param where constants of SQL by the names of the CTE's columns: all of them, and no others
 * @throws AppError MODEL_INVALID if the columns differ
 */
export function placedProof({ file, sql }: FactSql, where: Readonly<Record<string, string>>): string {
  const columns = firstCte.exec(sql)?.groups?.['columns'] ?? '';
  const names = columns
    .trimEnd()
    .split('\n')
    .map((line) => column.exec(line)?.groups?.['name'] ?? line);
  if (names.join() !== Object.keys(where).join()) {
    throw invalid(file, 1, `its first CTE, fact, doesn't have the columns ${Object.keys(where).join(', ')}`);
  }
  const values = Object.entries(where).map(([name, constant]) => `    ${constant} AS ${name}`);
  return withoutEnd(sql.replace(columns, () => `${values.join(',\n')}\n`));
}
