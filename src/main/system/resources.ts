import path from 'node:path';
import { app } from 'electron';

/** Beside the program when it is packaged, in the project when it is not. */
const resourcesFolder = app.isPackaged
  ? path.join(process.resourcesPath, 'resources')
  : path.join(app.getAppPath(), 'resources');

export const modelsFolder = path.join(resourcesFolder, 'models');
/** The licences of all that is bundled, made by the build. */
export const licencesFile = app.isPackaged
  ? path.join(resourcesFolder, 'licences.txt')
  : path.join(app.getAppPath(), 'out', 'licences.txt');
export const generationSqlFolder = path.join(resourcesFolder, 'generation');
export const examplesFolder = path.join(resourcesFolder, 'queries');
