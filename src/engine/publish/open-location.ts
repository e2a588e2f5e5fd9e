import { realpath } from 'node:fs/promises';
import { AppError } from '../../contract/app-error';
import { parseLocation } from '../../contract/publish/location';
import type { Workspace } from '../workspace';
import { FolderLocation, refuseOwnFolder } from './location/folder-location';
import type { Location } from './location/location';

/**
 * Opens a location. The SDK for object storage is large, so it is loaded only for `s3://`.
 * @param published the workspace that will be published there; null to read only
 * @param text an absolute path or `s3://bucket/prefix`
 * @throws AppError LOCATION_INVALID, LOCATION_UNREACHABLE, LOCATION_RIGHTS, ...
 */
export async function openLocation(text: string, published: Workspace | null): Promise<Location> {
  const location = await locationOf(text, published);
  try {
    await location.open(published !== null);
    return location;
  } catch (error) {
    location.close();
    throw location.explain(error);
  }
}

/** @throws AppError LOCATION_INVALID for a text that isn't a location, or is the workspace's own folder */
async function locationOf(text: string, published: Workspace | null): Promise<Location> {
  const parsed = parseLocation(text);
  if (!parsed) {
    throw new AppError('LOCATION_INVALID', `"${text}" isn't a location to publish to.`, {
      action: 'Give the absolute path of a shared folder, such as /mnt/share/events, or s3://bucket/prefix.',
    });
  }
  if (parsed.kind === 's3') {
    const { S3Location } = await import('./s3/s3-location');
    return new S3Location(parsed.bucket, parsed.prefix);
  }
  if (published) refuseOwnFolder(await realFolder(parsed.folder), await realFolder(published.folder));
  return new FolderLocation(parsed.folder);
}

function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}
