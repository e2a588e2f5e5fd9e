import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { checkScopes, checkSeverities, type Check } from '../../contract/refresh-summary';
import { codeOf, withoutComments, withoutEnd } from '../sql/sql-comments';
import { readTrinoFile, sqlFiles } from './models';
import { invalid, parseHeader, type SqlHeader } from './sql-header';

/** A check as declared by its file: a comment header and one SELECT that returns the offending rows. */
export interface CheckFile extends Omit<Check, 'dependsOn' | 'result'> {
  readonly dependsOn: readonly string[];
  /** The layers between which the offending rows are dropped; the check is then a rule of the waterfall. */
  readonly drops: { readonly from: string; readonly to: string } | null;
  /**
   * Set if the check has the form `SELECT * FROM table WHERE condition`: checks of one table are then counted together
   * in one pass over the files.
   */
  readonly condition: { readonly table: string; readonly text: string } | null;
  /** The text that stands for `sql` on Trino; null where one text is for both. */
  readonly trinoSql: string | null;
  /** Changes with the SQL and with the rules in the header, not with the summary. */
  readonly fingerprint: string;
}

const keys = ['name', 'severity', 'scope', 'depends on', 'drops', 'kept in', 'kept because', 'summary'];
const rowCheck = /^\s*SELECT\s+\*\s+FROM\s+(?<table>\w+)\s+WHERE\s+(?<text>[^]+)$/i;

/**
 * Reads `checks/*.sql` below the folder of models, by name.
 * @throws AppError MODEL_INVALID with the file and the line
 */
export async function loadChecks(modelsFolder: string): Promise<CheckFile[]> {
  const names = await sqlFiles(path.join(modelsFolder, 'checks'));
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(modelsFolder, 'checks', name);
      return { ...parseCheckFile(await readFile(file, 'utf8'), name), trinoSql: await readTrinoFile(file) };
    }),
  );
}

function keptOf(header: SqlHeader): Check['kept'] {
  const model = header.optional('kept in');
  return model === null ? null : { in: model, reason: header.required('kept because') };
}

/** The condition of a check of the form `SELECT * FROM table WHERE condition`; null for other forms. */
export function rowCondition(sql: string): CheckFile['condition'] {
  const { table, text } = rowCheck.exec(withoutEnd(withoutComments(sql)))?.groups ?? {};
  return table && text ? { table, text } : null;
}

function parseCheckFile(sql: string, fileName: string): CheckFile {
  const file = `checks/${fileName}`;
  const header = parseHeader(sql, keys, file);
  const name = header.required('name');
  if (name !== path.basename(file, '.sql')) {
    throw invalid(file, header.lineOf('name'), `its name, ${name}, doesn't match the file name`);
  }
  const [from, to] = (header.optional('drops') ?? '').split(/\s*->\s*/);
  const scope = header.choice('scope', checkScopes);
  header.required('depends on');
  const severity = header.choice('severity', checkSeverities);
  const rules = JSON.stringify([severity, scope, from, to]);
  return {
    name,
    severity,
    scope,
    dependsOn: header.list('depends on'),
    drops: from && to ? { from, to } : null,
    kept: keptOf(header),
    condition: scope === 'day' ? rowCondition(sql) : null,
    summary: header.required('summary'),
    sql,
    trinoSql: null,
    fingerprint: createHash('sha256')
      .update(`${rules}\n${codeOf(sql)}`)
      .digest('hex'),
  };
}
