import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, toAppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { layers } from '../../contract/warehouse';
import { codeOf, withoutEnd } from '../sql/sql-comments';
import { hasCode } from '../fs/errno';
import type { ReadRefusal } from '../fs/bounded-read';
import { decodeText } from '../fs/user-files/decode-text';
import { WorkspaceFiles, type Listing } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { parseModelFile, parseUserModel, userModelName, type ModelFile } from './model-file';
import { withDefaults } from './model-parameters';
import { invalid } from './sql-header';
import { isTrinoFile, trinoFileOf } from './trino-file';
import { escapeGlob, quoteText } from '../sql/quote';

/** A user model that can't be used, and the reason. */
export interface BrokenModel {
  readonly name: string;
  readonly sql: string;
  readonly problem: AppError;
}

/** Every model, shipped and the user's, in the order of dependencies. */
export interface ModelSet {
  readonly models: readonly ModelFile[];
  readonly broken: readonly BrokenModel[];
}

/** More than anybody writes by hand. */
const mostModelBytes = 1_000_000;

const refusals: Record<ReadRefusal | 'missing', string> = {
  'not a regular file': "it isn't a regular file",
  'too large': 'it is larger than 1 MB',
  'a link': 'it is a link to a place outside the workspace',
  missing: 'it no longer exists',
};

/** A dependency that isn't a model: a folder of the workspace, by its path. */
const isPath = (dependency: string) => dependency.includes('/');

/**
 * Reads every `<layer>/<name>.sql` below `folder`, and the user models of the workspace.
 * @throws AppError MODEL_INVALID for a wrong header, an unknown dependency or a cycle among the shipped models
 */
export async function loadAllModels(folder: string, workspace: Workspace): Promise<ModelSet> {
  const shipped = await loadModels(folder);
  const found = await userModelFiles(workspace);
  if (found instanceof AppError) return { models: shipped, broken: [unreadableFolder(found)] };
  const names = found;
  if (names.length === 0) return { models: shipped, broken: [] };
  const known = [...shipped.map(({ name }) => name), ...names.map(userModelName)];
  const own: ModelFile[] = [];
  const broken: BrokenModel[] = [];
  for (const name of names) {
    const file = `models/${name}`;
    let sql = '';
    try {
      sql = await readUserModel(file, workspace);
      const model = { ...parseUserModel(sql, file, known), trinoSql: await readTrinoTwin(file, workspace) };
      const taken = [...shipped, ...own].some((other) => other.name === model.name);
      if (taken) throw invalid(file, 1, `a model named ${model.name} already exists`);
      own.push(model);
    } catch (error) {
      broken.push({
        name: userModelName(file),
        sql,
        problem: toAppError(systemError(error, workspace.folder) ?? error),
      });
    }
  }
  return withUserModels(shipped, own, broken);
}

/** @throws AppError MODEL_INVALID if the file can't be read */
async function readUserModel(file: string, workspace: Workspace): Promise<string> {
  const read = await new WorkspaceFiles(workspace).read(path.join(workspace.folder, file), mostModelBytes);
  if (read.status === 'read') return decodeText(read.bytes);
  throw new AppError(
    'MODEL_INVALID',
    `The model ${printable(file)} can't be read: ${refusals[read.status === 'refused' ? read.reason : 'missing']}.`,
    {
      action: 'Put a text file with one SELECT in its place, or remove it, and refresh again.',
    },
  );
}

/** The text beside a user model that stands for it on Trino; null if there is none. */
async function readTrinoTwin(file: string, workspace: Workspace): Promise<string | null> {
  const twin = trinoFileOf(file);
  const found = await new WorkspaceFiles(workspace).find(path.join(workspace.folder, twin));
  return found === null ? null : readUserModel(twin, workspace);
}

/** The text of a user model. */
export interface UserModelText {
  /** The name of the file, and that of the model. */
  readonly file: string;
  readonly model: string;
  readonly sql: string;
}

/**
 * The user models whose files can be read, in the order of their names; right or wrong.
 * @throws AppError if the folder can't be read
 */
export async function readUserModelFiles(workspace: Workspace): Promise<UserModelText[]> {
  const names = await userModelFiles(workspace);
  if (names instanceof AppError) throw names;
  const read: UserModelText[] = [];
  for (const file of names) {
    const sql = await readUserModel(`models/${file}`, workspace).catch(() => null);
    if (sql !== null) read.push({ file, model: userModelName(file), sql });
  }
  return read;
}

/** More than anybody writes; a larger folder was made to keep the app busy. */
const mostUserModels = 1_000;
const mostEntries = 10_000;

/** Names of the user models, in order; the reason if the folder can't be read. */
async function userModelFiles(workspace: Workspace): Promise<string[] | AppError> {
  const files = new WorkspaceFiles(workspace);
  let listing: Listing | null;
  try {
    listing = await files.listToRead(workspace.modelsFolder, mostEntries);
    // If there is no folder, something else may have its name.
    if (listing === null && (await files.find(workspace.modelsFolder)) !== null) return notAFolder();
  } catch (error) {
    const reason = systemError(error, workspace.folder) ?? toAppError(error);
    // A shortage of system resources doesn't mean that the models are broken.
    if (reason.code === 'TOO_MANY_FILES' || reason.code === 'INTERNAL') throw reason;
    return reason;
  }
  const names = (listing?.entries ?? []).map(({ name }) => name);
  return names
    .filter((name) => name.endsWith('.sql') && !name.startsWith('.') && !isTrinoFile(name))
    .toSorted()
    .slice(0, mostUserModels);
}

function notAFolder(): AppError {
  return new AppError('WORKSPACE_INVALID', "models isn't a folder.", {
    action: 'Move it elsewhere, and create a folder named models for your own models.',
  });
}

/** Represents all user models if none can be listed. */
function unreadableFolder(reason: AppError): BrokenModel {
  const problem = new AppError('MODEL_INVALID', `Your own models were left out: ${reason.message}`, {
    action: reason.details.action,
    cause: reason.details.cause,
  });
  return { name: userModelName('models'), sql: '', problem };
}

/** Adds the user models that are valid; one with a cycle or an unknown dependency must not stop the others. */
function withUserModels(shipped: readonly ModelFile[], own: readonly ModelFile[], broken: BrokenModel[]): ModelSet {
  let usable = own;
  for (;;) {
    const failure = usable.flatMap((model) => {
      try {
        inDependencyOrder([...shipped, ...usable], model);
        return [];
      } catch (error) {
        return [{ model, problem: toAppError(error) }];
      }
    })[0];
    if (!failure) return { models: inDependencyOrder([...shipped, ...usable]), broken };
    broken.push({ name: failure.model.name, sql: failure.model.sql, problem: failure.problem });
    usable = usable.filter((model) => model !== failure.model);
  }
}

/** The model that reads the event files. */
export function bronzeOf({ models }: Pick<ModelSet, 'models'>): ModelFile {
  const bronze = models.find(({ layer }) => layer === 'bronze');
  if (!bronze) throw new Error('No model reads the files.');
  return bronze;
}

/** The models that ship with the app, in the order of their dependencies. */
export async function loadModels(folder: string): Promise<ModelFile[]> {
  // Not `recursive`, which the oldest supported runtime doesn't have.
  const files = await Promise.all(
    layers.map(async (layer) => (await sqlFiles(path.join(folder, layer))).map((name) => `${layer}/${name}`)),
  );
  const models = await Promise.all(
    files.flat().map(async (file) => ({
      ...parseModelFile(await readFile(path.join(folder, file), 'utf8'), file),
      trinoSql: await readTrinoFile(path.join(folder, file)),
    })),
  );
  return inDependencyOrder(models);
}

/** The text of `name.trino.sql` beside a shipped `name.sql`; null if there is none. */
export async function readTrinoFile(file: string): Promise<string | null> {
  return readFile(trinoFileOf(file), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
}

/**
 * Names of the `.sql` files of a folder, in order, without the texts for Trino; none if it doesn't exist.
 * @throws the system's error if the folder can't be read (EMFILE, EACCES)
 */
export async function sqlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.sql') && !isTrinoFile(name)).toSorted();
}

/** Depth-first, so that the order is stable: by file name where dependencies allow several orders. */
function inDependencyOrder(models: readonly ModelFile[], ...only: readonly ModelFile[]): ModelFile[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered = new Set<ModelFile>();
  const visit = (model: ModelFile, way: readonly string[]) => {
    if (ordered.has(model)) return;
    if (way.includes(model.name)) {
      throw invalid(model.file, model.dependsOnLine, `it depends on itself: ${[...way, model.name].join(' -> ')}`);
    }
    for (const name of model.dependsOn.filter((dependency) => !isPath(dependency))) {
      const dependency = byName.get(name);
      if (!dependency) throw invalid(model.file, model.dependsOnLine, `it depends on ${name}, which isn't a model`);
      visit(dependency, [...way, model.name]);
    }
    ordered.add(model);
  };
  for (const model of only.length > 0 ? only : models) visit(model, []);
  return [...ordered];
}

/**
 * The SELECT of a model as stored in the database, without trailing semicolon: paths that start with `data/` are
 * relative to the workspace in the file, and absolute in the view, so that it works from any working directory. Its
 * parameters have their defaults.
 */
export function selectOf({ sql, parameters }: Pick<ModelFile, 'sql' | 'parameters'>, workspace: Workspace): string {
  const folder = escapeGlob(workspace.folder);
  const absolute = withoutEnd(sql).replaceAll(/'(data\/[^']*)'/g, (_, relative: string) =>
    quoteText(path.join(folder, relative)),
  );
  return withDefaults(absolute, parameters);
}

/**
 * Fingerprints by model. One changes with the model's SQL and that of its dependencies, but not with comments (a better
 * summary must not rebuild a warehouse), nor when the workspace is moved.
 * @param textOf the SQL that is run; by default that of the file
 */
export function fingerprints(
  models: readonly ModelFile[],
  textOf: (model: ModelFile) => string = ({ sql }) => sql,
): Map<string, string> {
  const known = new Map<string, string>();
  for (const model of models) {
    const parts = [
      model.kind,
      JSON.stringify(model.period),
      codeOf(withDefaults(withoutEnd(textOf(model)), model.parameters)),
    ];
    const dependencies = model.dependsOn.map((name) => known.get(name) ?? name);
    known.set(
      model.name,
      createHash('sha256')
        .update([...parts, ...dependencies].join('\n'))
        .digest('hex'),
    );
  }
  return known;
}
