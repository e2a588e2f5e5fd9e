import type { PublishProgress } from '../../engine/publish/publish';
import { note } from './output';
import { count, plural, size } from './words';

const secondsBetweenLines = 2;

/** Prints a line every few seconds to stderr. */
export function showPublishing(): (progress: PublishProgress) => void {
  let nextAtMs = performance.now() + secondsBetweenLines * 1000;
  return ({ files, filesTotal, bytes }) => {
    if (performance.now() < nextAtMs) return;
    nextAtMs = performance.now() + secondsBetweenLines * 1000;
    note(`Publishing: ${count(files)} of ${plural(filesTotal, 'file')}, ${size(bytes)}`);
  };
}
