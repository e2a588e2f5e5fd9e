import type { ErrorReport, NameFix } from '../../../contract/app-error';
import { sqlTokens, type SqlRange } from '../../../contract/text/sql-text';
import { plainSqlName } from '../format/sql-name';

interface Name extends SqlRange {
  readonly name: string;
}

/**
 * A statement with one of the names that DuckDB offers instead of an unknown one.
 * @param error the error of this statement; its position is in `sql`
 * @param reserved keywords that can't be names without quotes
 * @returns null if the unknown name can't be located
 */
export function withCandidate(
  sql: string,
  { fix, position }: Pick<ErrorReport, 'fix' | 'position'>,
  candidate: string,
  reserved: ReadonlySet<string>,
): string | null {
  const place = fix && placeOf(sql, fix, position);
  if (!place) return null;
  return sql.slice(0, place.from) + written(sql, candidate, reserved) + sql.slice(place.to);
}

/** The unknown name: the first at or after the position, which may be that of the table before its dot. */
function placeOf(sql: string, { wrong }: NameFix, position: ErrorReport['position']): SqlRange | undefined {
  const same = namesIn(sql).filter(({ name }) => name.toLowerCase() === wrong.toLowerCase());
  if (!position) return same.length === 1 ? same[0] : undefined;
  const lines = sql.split('\n').slice(0, position.line - 1);
  const offset = lines.reduce((sum, line) => sum + line.length + 1, 0) + position.column - 1;
  return same.find(({ from }) => from >= offset);
}

/** A name with a dot is that of a column of a table, if the statement uses the table. */
function written(sql: string, candidate: string, reserved: ReadonlySet<string>): string {
  const [table = '', ...rest] = candidate.split('.');
  const isQualified = rest.length > 0 && namesIn(sql).some(({ name }) => name.toLowerCase() === table.toLowerCase());
  const parts = isQualified ? [table, rest.join('.')] : [candidate];
  return parts.map((part) => plainSqlName(part, reserved)).join('.');
}

function namesIn(sql: string): Name[] {
  return [...sqlTokens(sql)].flatMap(({ kind, from, to }) => {
    const text = sql.slice(from, to);
    if (kind === 'word') return [{ from, to, name: text }];
    return kind === 'name' ? [{ from, to, name: text.slice(1, -1).replaceAll('""', '"') }] : [];
  });
}
