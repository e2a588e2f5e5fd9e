import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { SaveMetricRequest } from '../../contract/result-work';
import type { DeletedMetric, EditMetricRequest, OwnMetric } from '../../contract/own-metrics';
import { hasCode } from '../fs/errno';
import { requireFileName } from '../fs/user-files/file-name';
import { systemError } from '../fs/system-error';
import { WorkspaceFiles } from '../fs/workspace-files';
import { namesIn, userModelName } from '../models/model-file';
import { parameterOf } from '../models/model-parameters';
import { readBuiltModels } from '../records/built-tables';
import { loadModels, readUserModelFiles, type UserModelText } from '../models/models';
import { trinoFileOf } from '../models/trino-file';
import { parseHeader } from '../models/sql-header';
import type { Workspace } from '../workspace';
import { metricFileText, relations, type KeptHeader } from './metric-file';

/** Header lines that are written from the request and the SQL; all others stay. */
const writtenKeys = /^--\s?(?:name|grain|depends on|parameters|columns|summary)\s*:/i;
const keys = ['name', 'layer', 'kind', 'period', 'grain', 'depends on', 'parameters', 'columns', 'summary'];
const starters = { clean_weekly_activity: 'clean_weekly_activity.sql' } as const;

/**
 * The user's own metrics, as the files of `models/` that they are. The next refresh builds, renames or drops their
 * tables. Every method throws AppError INVALID_OPTIONS if the metric doesn't exist, and the usual errors of a file system.
 */
export class OwnMetrics {
  constructor(
    private readonly workspace: Workspace,
    /** The folder of models that ship with the app. */
    private readonly modelsFolder: string,
    private readonly use: <T>(work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>,
  ) {}

  /**
   * Writes a query as a model, `models/<name>.sql`, that the next refresh builds. The values of its parameters become
   * their defaults.
   * @returns its path from the workspace
   * @throws AppError INVALID_OPTIONS if the name is taken or the SQL can't be a model; DISK_FULL, WORKSPACE_READ_ONLY
   */
  async save(request: SaveMetricRequest): Promise<string> {
    await this.#requireFree(request.name);
    const model = userModelName(request.name);
    return this.#create(
      request.name,
      await this.use((connection) => metricFileText(model, request, { connection, folder: this.workspace.folder })),
    );
  }

  /** A metric as the window edits it. */
  async read(model: string): Promise<OwnMetric> {
    const { file, sql } = await this.#find(model);
    const header = parseHeader(sql, keys, file, false);
    return {
      file: `models/${file}`,
      text: sql,
      sql: bodyOf(sql),
      summary: header.optional('summary') ?? '',
      grain: header.optional('grain') ?? '',
      parameters: Object.fromEntries(
        header.parameters.flatMap(({ name, written }) => {
          const parameter = parameterOf(written);
          return parameter ? [[name, parameter]] : [];
        }),
      ),
    };
  }

  /**
   * Replaces SQL, description and defaults of a metric; the other lines of its header stay.
   * @throws AppError INVALID_OPTIONS if the file has changed since it was read, SQL_ERROR with the position of a mistake
   */
  async edit({ model, replaces, ...metric }: EditMetricRequest): Promise<void> {
    const { file, sql: before } = await this.#find(model);
    if (before !== replaces) {
      throw new AppError('INVALID_OPTIONS', `models/${file} was changed outside the app.`, {
        action: 'Close this editor and open it again to continue from the new text.',
      });
    }
    const text = await this.use((connection) =>
      metricFileText(model, metric, { connection, folder: this.workspace.folder }, keptHeader(before, file)),
    );
    await this.#changing((files) => files.replace(this.#path(file), text));
  }

  /** @throws AppError INVALID_OPTIONS if the new name is taken, or another of the user's models reads the metric */
  async rename(model: string, name: string): Promise<void> {
    const { file, sql } = await this.#find(model);
    const readers = await this.#readersOf(model);
    if (readers.length > 0) {
      throw new AppError('INVALID_OPTIONS', `${model} is read by ${readers.join(', ')}.`, {
        action: 'Change their SQL first, or duplicate the metric under the new name.',
      });
    }
    await this.#requireFree(name);
    const target = this.#path(`${name}.sql`);
    await this.#changing(async (files) => {
      if (!(await moveWithTwin(files, this.#path(file), target))) throw noLonger(model);
      // The name is the file's; the header only repeats it.
      await files.replace(target, withName(sql, name));
    }, name);
  }

  /** Writes a copy under another name; returns its path from the workspace. */
  async duplicate(model: string, name: string): Promise<string> {
    const { sql } = await this.#find(model);
    await this.#requireFree(name);
    return this.#create(name, withName(sql, name));
  }

  /** Moves a metric's file aside, from where {@link restore} brings it back. */
  async remove(model: string): Promise<DeletedMetric> {
    const { file } = await this.#find(model);
    const id = `${Date.now()}-${file}`;
    await this.#changing(async (files) => {
      await files.makeFolder(this.#trash);
      if (!(await moveWithTwin(files, this.#path(file), path.join(this.#trash, id)))) throw noLonger(model);
    });
    return { id, readBy: await this.#readersOf(model) };
  }

  /** @throws AppError INVALID_OPTIONS if there is another metric of that name now */
  async restore(id: string): Promise<void> {
    const [, file] = /^\d+-([^/\\]+\.sql)$/.exec(id) ?? [];
    if (file === undefined) throw noLonger(id);
    await this.#changing(
      async (files) => {
        if (!(await moveWithTwin(files, path.join(this.#trash, id), this.#path(file)))) throw noLonger(file);
      },
      file.replace(/\.sql$/, ''),
    );
  }

  /** Writes a metric that ships as a start for one's own; returns the name of its model. */
  async addStarter(starter: keyof typeof starters): Promise<string> {
    const text = await readFile(path.join(this.modelsFolder, 'starters', starters[starter]), 'utf8');
    await this.#requireFree(starter);
    await this.#create(starter, text);
    return `gold_${starter}`;
  }

  get #trash(): string {
    return path.join(this.workspace.modelsFolder, '.deleted');
  }

  #path(file: string): string {
    return path.join(this.workspace.modelsFolder, file);
  }

  async #find(model: string): Promise<UserModelText> {
    const found = (await readUserModelFiles(this.workspace)).find((each) => each.model === model);
    if (!found) throw noLonger(model);
    return found;
  }

  async #create(name: string, text: string): Promise<string> {
    await this.#changing(async (files) => {
      await files.makeFolder(this.workspace.modelsFolder);
      await files.create(this.#path(`${name}.sql`), text);
    }, name);
    return `models/${name}.sql`;
  }

  /**
   * Refuses a name that a model or another table has. The table of a metric that was renamed or deleted since the last
   * refresh doesn't count: the next one drops it.
   */
  async #requireFree(name: string): Promise<void> {
    requireFileName(name, '.sql');
    const model = userModelName(name);
    const declared = [...(await loadModels(this.modelsFolder)), ...(await this.#ownModels())].map((each) => each.name);
    if (declared.includes(model)) throw taken(name);
    const others = await this.use(async (connection) => {
      const built = await readBuiltModels(connection);
      return (await relations(connection)).filter((relation) => !built.has(relation));
    });
    if (others.includes(model)) throw taken(name);
  }

  async #ownModels(): Promise<{ name: string }[]> {
    return (await readUserModelFiles(this.workspace)).map(({ model }) => ({ name: model }));
  }

  /** Names of the user's other models whose SQL contains the name of this one. */
  async #readersOf(model: string): Promise<string[]> {
    const others = await readUserModelFiles(this.workspace);
    return others
      .filter(({ sql, model: name }) => namesIn(sql, [model], name).length > 0)
      .map(({ model: name }) => name);
  }

  /** @param name the new name, for the message if it is taken */
  async #changing(change: (files: WorkspaceFiles) => Promise<void>, name = ''): Promise<void> {
    try {
      await change(new WorkspaceFiles(this.workspace));
    } catch (error) {
      throw hasCode(error, 'EEXIST') ? taken(name) : (systemError(error, this.workspace.folder) ?? error);
    }
  }
}

/** The lines of the header, which are the comments at the top of the file. */
function headerLines(sql: string): string[] {
  const lines = sql.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return end < 0 ? lines : lines.slice(0, end);
}

function bodyOf(sql: string): string {
  return sql.split(/\r?\n/).slice(headerLines(sql).length).join('\n').trim().replace(/;$/, '');
}

function keptHeader(sql: string, file: string): KeptHeader {
  let dropping = false;
  const lines = headerLines(sql).filter((line) => {
    // The indented lines below a key belong to it.
    dropping = writtenKeys.test(line) || (dropping && /^--\s{2,}/.test(line));
    return !dropping;
  });
  const { columns } = parseHeader(sql, keys, file, false);
  return { lines, columns: new Map(columns.map(({ name, meaning }) => [name, meaning])) };
}

function withName(sql: string, name: string): string {
  return sql.replace(/^-- name: .*$/m, `-- name: ${userModelName(name)}`);
}

function taken(name: string): AppError {
  return new AppError('INVALID_OPTIONS', `A model named ${userModelName(name)} already exists.`, {
    action: 'Choose another name.',
  });
}

function noLonger(model: string): AppError {
  return new AppError('INVALID_OPTIONS', `The metric ${model} no longer exists.`, {
    action: 'It may have been renamed or deleted outside the app.',
  });
}

/** Moves a metric's file, and its text for clusters if it has one. Returns false if there is no file. */
async function moveWithTwin(files: WorkspaceFiles, from: string, to: string): Promise<boolean> {
  const moved = await files.moveToFreeName(from, to);
  if (moved) await files.moveToFreeName(trinoFileOf(from), trinoFileOf(to));
  return moved;
}
