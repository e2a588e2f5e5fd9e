import { bronze, silver } from '../../../contract/relations';
import { onDays } from '../../records/day-facts';
import { quoteIdentifier } from '../../sql/quote';
import type { ClusterSession } from '../session';
import { recordTables, rowsTable } from '../tables';
import { notIn, type LeftOutFile } from './files';
import type { ClusterProgram } from './input';

/** The word that the text of bronze has for the events table. */
const eventsInText = /\bFROM\s+events\b/i;

/**
 * Where the models and checks of a refresh read from. Their texts name `silver_events` and others; a CTE of that name in
 * front of a text makes it read the state that is being built, and only the days that matter. Readers of the views see
 * none of it.
 */
export class ClusterSources {
  constructor(
    private readonly session: ClusterSession,
    private readonly program: ClusterProgram,
    private readonly leftOut: readonly LeftOutFile[],
  ) {}

  /** The definition of bronze, over all files but those that are left out. */
  get bronzeSelect(): string {
    const text = this.#text(bronze).replace(eventsInText, () => `FROM ${this.session.eventsTable}`);
    return this.leftOut.length === 0 ? text : `SELECT * FROM (\n${text}\n) WHERE ${notIn('filename', this.leftOut)}`;
  }

  get silverSelect(): string {
    return this.#text(silver);
  }

  /**
   * A SELECT of the rows of `text`, with the relations that it names.
   * @param days reads only these days of relations with a column `date`; null for all
   */
  select(text: string, dependsOn: readonly string[], days: readonly string[] | null, where = 'true'): string {
    const ctes = this.#ctes(dependsOn, days);
    const front = ctes.length === 0 ? '' : `WITH ${ctes.join(',\n')}\n`;
    return `${front}SELECT * FROM (\n${text}\n) ${where === 'true' ? '' : `WHERE ${where}`}`;
  }

  #ctes(dependsOn: readonly string[], days: readonly string[] | null): string[] {
    const needed = new Set(dependsOn);
    if (needed.has(silver)) needed.add(bronze);
    const ordered = [bronze, silver, ...[...needed].filter((name) => name !== bronze && name !== silver)];
    return ordered
      .filter((name) => needed.has(name))
      .flatMap((name) => {
        const source = this.#sourceOf(name);
        if (source === null) return [];
        // Silver reads the restricted bronze.
        const where = name !== silver && this.#hasDate(name) ? onDays(days) : 'true';
        return `${quoteIdentifier(name)} AS (SELECT * FROM ${source}${where === 'true' ? '' : ` WHERE ${where}`})`;
      });
  }

  /** The relation that a name of a model or record means; null for anything else. */
  #sourceOf(name: string): string | null {
    if (name === bronze) return `(${this.bronzeSelect})`;
    if (name === silver) return `(${this.silverSelect})`;
    if (Object.hasOwn(recordTables, name)) return this.session.result(name);
    return this.program.texts.has(name) ? this.session.result(rowsTable(name)) : null;
  }

  #hasDate(name: string): boolean {
    const model = this.program.models.find((candidate) => candidate.name === name);
    return model?.columns.some((column) => column.name === 'date') ?? false;
  }

  #text(name: string): string {
    const text = this.program.texts.get(name);
    if (text === undefined) throw new Error(`The model ${name} is missing.`);
    return text;
  }
}
