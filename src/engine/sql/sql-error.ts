import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { nameFixIn } from './candidates';
import { conflict } from './conflict';
import { duckDbFailure } from './duckdb-failure';
import { memoryError } from './memory-error';
import { lockedFolder } from '../fs/locked-folder';
import { systemError } from '../fs/system-error';

/** DuckDB ends many messages with the affected line of the SQL and a caret below the position. */
const positionPattern = /\n\nLINE (?<line>\d+): (?<text>.*)\n(?<caret> *)\^\s*$/;
/** The Node binding's prefix for parser errors. */
const parserPrefix = /^Failed to extract statements: /;
const missingParametersPattern = /^Invalid Input Error: Values were not provided for .*parameters: (.+)$/;
const readOnlyPattern = /launched in read-only mode/;
const missingModelPattern = /^Catalog Error: Table with name (?<layer>bronze|silver|gold)_\w+ does not exist/;
const damagedFilePattern = /^Invalid (Input )?Error: [^]*['"][^'"*]+\.parquet['"]/;
const fileAccessPattern = /file system operations are disabled by configuration/;
/** An event file of another workspace, or of this one before it was moved, unless the SQL itself contains the path. */
const otherEventsPattern = /"(?<other>[^"]*)[/\\]data[/\\]events[/\\]date=[^"]*"/;

/**
 * Turns an error of DuckDB into one that the user can act on.
 * @param sql the SQL as the user wrote it
 * @param linesBefore lines before it in the SQL that DuckDB got
 */
export function sqlError(error: unknown, sql: string, folder: string, linesBefore = 0): unknown {
  // Unexpected output of DuckDB is our own mistake, not the SQL's.
  if (!(error instanceof Error) || error instanceof AppError || error instanceof z.ZodError) return error;
  const failure = duckDbFailure(error, false) ?? memoryError(error);
  if (failure) return failure;
  const position = positionOf(error.message, sql, linesBefore);
  const message = error.message.replace(positionPattern, '').replace(parserPrefix, '').trim();
  const missing = missingParametersPattern.exec(message)?.[1];
  if (missing !== undefined) {
    const names = missing
      .split(', ')
      .map((name) => `$${name}`)
      .toSorted();
    return new AppError('SQL_ERROR', `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no value.`, {
      action: 'Give each parameter a value; in the console, enter it above the editor.',
    });
  }
  if (readOnlyPattern.test(message)) return refusedAsWrite('It would write to the warehouse.', position);
  const other = otherEventsPattern.exec(message)?.groups?.other;
  if (other !== undefined && other !== folder && fileAccessPattern.test(message) && !sql.includes(other)) {
    return new AppError('SQL_ERROR', `The views still read the files in ${other}, where this workspace was before.`, {
      action: `Open it with write permission, or refresh: the views then read the files in ${folder}.`,
      cause: message,
      position,
    });
  }
  if (fileAccessPattern.test(message)) {
    return new AppError('SQL_READ_ONLY', withoutFoundName(message, sql), {
      action: `SQL can read only files in the workspace: ${folder}.`,
      position,
    });
  }
  const fix = nameFixIn(message);
  return (
    conflict(message) ??
    lockedFolder(message, folder) ??
    systemError(error, folder) ??
    new AppError('SQL_ERROR', message, { action: actionFor(message), position, ...(fix && { fix }) })
  );
}

/**
 * DuckDB names the refused file, which may come from a pattern that follows a link: names of files outside must not get
 * into the records of refreshes, which are part of the workspace.
 */
function withoutFoundName(message: string, sql: string): string {
  const file = /Cannot \w+ (?:file|directory) "(?<file>[^]*?)" - file system/.exec(message)?.groups?.['file'];
  return file === undefined || sql.includes(file) ? message : message.replace(`"${file}"`, 'outside the workspace');
}

/** The cause need not be the SQL. */
function actionFor(message: string): string {
  const layer = missingModelPattern.exec(message)?.groups?.['layer'];
  if (layer !== undefined) {
    const elsewhere =
      layer === 'gold' ? '' : ' After a refresh on a cluster, bronze and silver are on the cluster only.';
    return `If this is a model, refresh to build it. Otherwise check the name.${elsewhere}`;
  }
  if (damagedFilePattern.test(message))
    return 'Move that file out of data/events, or regenerate its day, then run the SQL again.';
  return 'Fix the SQL and run it again.';
}

export function refusedAsWrite(reason: string, position?: Position): AppError {
  return new AppError('SQL_READ_ONLY', `This statement isn't allowed here. ${reason}`, {
    action: 'Use SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN, or turn on “Allow changes” in the console.',
    position,
  });
}

/** The error for statements that are refused even if changes are allowed. */
export function notAllowed(reason: string): AppError {
  return new AppError('SQL_READ_ONLY', `This statement isn't allowed here. ${reason}`, {
    action: 'You can change tables, views and macros in the warehouse, and COPY … TO exports/.',
  });
}

interface Position {
  line: number;
  column: number;
}

/** DuckDB shortens long lines in messages, so the shown text is searched in the original line. */
function positionOf(message: string, sql: string, linesBefore: number): Position | undefined {
  const { line, text, caret } = positionPattern.exec(message)?.groups ?? {};
  if (line === undefined || text === undefined || caret === undefined) return undefined;
  const lineNumber = Number(line) - linesBefore;
  const written = sql.split('\n')[lineNumber - 1];
  if (written === undefined) return undefined;
  const shown = text.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  const cutAtStart = text.length - text.replace(/^\.\.\./, '').length;
  const offset = caret.length - `LINE ${line}: `.length - cutAtStart;
  return { line: lineNumber, column: Math.max(written.indexOf(shown), 0) + Math.max(offset, 0) + 1 };
}
