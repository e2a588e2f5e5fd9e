import { AppError, toAppError } from '../contract/app-error';
import type { RunLogEntry } from '../contract/generation';
import type { Location } from '../engine/publish/location/location';
import { openLocation } from '../engine/publish/open-location';
import { publishRuns, type PublishedRun, type PublishReport } from '../engine/publish/publish';
import type { Workspace } from '../engine/workspace';
import type { CommandContext, PublishCommandOptions } from './context';
import { note, print, printJson } from './output/output';
import { showPublishing } from './output/publish-progress';
import { plural, size } from './output/words';
import { openToRead, recoverToRead } from './workspace';

/** What was published, and where. */
export interface Published extends PublishReport {
  readonly location: string;
}

export async function publishCommand(
  to: string,
  options: PublishCommandOptions,
  { signal }: CommandContext,
): Promise<void> {
  const { workspace, readOnly } = await openToRead(options);
  // A run that was killed while its files were moved into place is finished first.
  if (!readOnly) await recoverToRead(workspace);
  const published = await withLocation(to, workspace, (location) => publish(workspace, location, signal, options.run));
  for (const { reason } of published.skipped) note(`Note: ${reason} It was left out.`);
  if (options.json) return printJson(published);
  if (published.runs.length === 0) await print('The workspace has no runs to publish.');
  await print(...describePublished(published));
}

/**
 * Opens a location while `work` runs.
 * @param published the workspace to publish there; null to read only
 * @throws AppError LOCATION_…
 */
export async function withLocation<T>(
  text: string,
  published: Workspace | null,
  work: (location: Location) => Promise<T>,
): Promise<T> {
  const location = await openLocation(text, published);
  try {
    return await work(location);
  } finally {
    location.close();
  }
}

/** The same for an option that may be left out; the location is null then. */
export function withPublishOption<T>(
  text: string | undefined,
  workspace: Workspace,
  work: (location: Location | null) => Promise<T>,
): Promise<T> {
  return text === undefined ? work(null) : withLocation(text, workspace, work);
}

/**
 * Publishes a run that this command has just committed.
 * @throws AppError the reason if that fails, saying that the run itself is complete
 */
export async function publishNewRun(
  { runId }: RunLogEntry,
  workspace: Workspace,
  location: Location,
  { signal }: CommandContext,
): Promise<Published> {
  try {
    return await publish(workspace, location, signal, runId);
  } catch (error) {
    const { code, message, details } = toAppError(error);
    throw new AppError(code, `The run is complete in ${workspace.folder}, but it isn't published. ${message}`, {
      ...details,
      action: `${details.action} To publish it: micro-warehouse publish ${location.name} --run ${runId}`,
    });
  }
}

async function publish(
  workspace: Workspace,
  location: Location,
  signal: AbortSignal,
  runId: string | undefined,
): Promise<Published> {
  const onProgress = showPublishing();
  const report = await publishRuns({ workspace, location, signal, onProgress, ...(runId !== undefined && { runId }) });
  return { location: location.name, ...report };
}

/** A line for each run; none if nothing was asked for. */
export function describePublished(published: Published | null): string[] {
  return published ? published.runs.map((run) => describeRun(run, published.location)) : [];
}

function describeRun({ runId, outcome, files, bytes, copied }: PublishedRun, location: string): string {
  if (outcome === 'present') return `Run ${runId} is there already: ${location}`;
  const rest = copied < files ? `, ${plural(files - copied, 'file')} had been copied before` : '';
  return `Published run ${runId} (${plural(files, 'file')}, ${size(bytes)}${rest}): ${location}`;
}

/** A document of `--json` with what was published. */
export function withPublished<T extends object>(document: T, published: Published | null): T {
  return published ? { ...document, published } : document;
}
