import { fileNameProblem } from '../../../contract/text/file-name';

const namePattern = /^[a-z][a-z0-9_]*$/;

/** Why a metric can't have this name; undefined if it can, or while none has been typed. */
export function metricNameProblem(name: string): string | undefined {
  if (name === '') return undefined;
  if (!namePattern.test(name)) return 'Lowercase letters, digits and underscores; must start with a letter.';
  return fileNameProblem(name, '.sql') ?? undefined;
}

/** The name of the model of a metric: `gold_` before the name of its file, unless that begins with it. */
export function modelOfMetric(name: string): string {
  return name.startsWith('gold_') ? name : `gold_${name}`;
}
