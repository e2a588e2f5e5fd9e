import path from 'node:path';
import { app } from 'electron';

/** Beside the program when it is packaged, in the project when it is not. */
const resourcesFolder = app.isPackaged
  ? path.join(process.resourcesPath, 'resources')
  : path.join(app.getAppPath(), 'resources');

export const modelsFolder = path.join(resourcesFolder, 'models');
export const generationSqlFolder = path.join(resourcesFolder, 'generation');
export const examplesFolder = path.join(resourcesFolder, 'queries');
