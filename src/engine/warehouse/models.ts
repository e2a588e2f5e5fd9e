import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { layers, type Layer } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { invalid, parseModelFile, type ModelFile } from './model-file';
import { quoteText } from './sql-text';

/** Where a path in a model leads: folders of the workspace, which are no models. */
const isPath = (dependency: string) => dependency.includes('/');

/**
 * Reads every `<layer>/<name>.sql` below `folder` and orders the models so that each comes after those it depends on.
 * @throws AppError MODEL_INVALID for a wrong header, an unknown dependency or a cycle
 */
export async function loadModels(folder: string): Promise<ModelFile[]> {
  // Not `recursive`: the oldest runtime that we support does not know it.
  const folders = await Promise.all(layers.map((layer) => sqlFiles(folder, layer)));
  const files = folders.flat();
  const models = await Promise.all(
    files.map(async (file) => {
      const model = parseModelFile(await readFile(path.join(folder, file), 'utf8'), file);
      if (path.basename(file, '.sql') !== model.name)
        throw invalid(file, 1, `its name is ${model.name}, unlike the file's`);
      return model;
    }),
  );
  return inDependencyOrder(models);
}

async function sqlFiles(folder: string, layer: Layer): Promise<string[]> {
  const names = await readdir(path.join(folder, layer)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => `${layer}/${name}`);
}

/** Depth-first, so that the order is stable: by file name where dependencies leave a choice. */
function inDependencyOrder(models: readonly ModelFile[]): ModelFile[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered = new Set<ModelFile>();
  const visit = (model: ModelFile, way: readonly string[]) => {
    if (ordered.has(model)) return;
    if (way.includes(model.name))
      throw invalid(model.name, 1, `it depends on itself: ${[...way, model.name].join(' -> ')}`);
    for (const name of model.dependsOn.filter((dependency) => !isPath(dependency))) {
      const dependency = byName.get(name);
      if (!dependency) throw invalid(model.name, 1, `it depends on ${name}, which is no model`);
      visit(dependency, [...way, model.name]);
    }
    ordered.add(model);
  };
  for (const model of models) visit(model, []);
  return [...ordered];
}

/**
 * The SELECT of a model as it must stand in the database: paths that start with `data/` are relative to the workspace
 * in the file, and absolute in the view, so that it works from any working directory.
 */
export function materialisedSelect(model: ModelFile, workspace: Workspace): string {
  return model.sql.replaceAll(/'(data\/[^']*)'/g, (_, relative: string) =>
    quoteText(path.join(workspace.folder, relative)),
  );
}

/** The statement that (re)creates a model. */
export function createStatement(model: ModelFile, workspace: Workspace): string {
  return `CREATE OR REPLACE ${model.kind.toUpperCase()} ${model.name} AS\n${materialisedSelect(model, workspace)}`;
}
