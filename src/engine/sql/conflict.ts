import { AppError } from '../../contract/app-error';

const conflictPattern = /^TransactionContext Error: [^]*(conflict|modify table)/i;
/** DuckDB names a table plainly, or as `Schema`, `main`, `main`, `Table`, `main` and its name, with `\0` between them. */
const quotedName = /"(?<quoted>[^"]*)"/;
const separator = String.raw`\0`;
const droppedTable = /modify table (?<dropped>.+) but another transaction/;

/** A statement that met another one's change of the same table or rows, in words; null for any other error. */
export function conflict(message: string): AppError | null {
  if (!conflictPattern.test(message)) return null;
  const name = droppedTable.exec(message)?.groups?.['dropped'] ?? quotedName.exec(message)?.groups?.['quoted'];
  const changed = name === undefined ? 'the same rows' : `“${name.split(separator).at(-1) ?? name}”`;
  return new AppError('SQL_ERROR', `Another tab or a refresh changed ${changed} at the same time.`, {
    action: 'Nothing of this statement was kept. Run it again once the other one has finished.',
    cause: message.replaceAll(separator, '.'),
  });
}
