import { actionIds, actionOf, type ActionEntry } from '../../../contract/actions';
import type { ActionRuns } from './use-actions';

export interface PaletteEntry extends Omit<ActionEntry, 'group'> {
  readonly id: string;
  readonly group: string;
  readonly run: () => void;
}

/** What can be done now: every action that can run, then the other workspaces. */
export function paletteEntries(
  runs: ActionRuns,
  others: readonly string[],
  openWorkspace: (folder: string) => void,
): PaletteEntry[] {
  const now = actionIds.flatMap((id) => {
    const run = runs[id];
    return run && id !== 'command-palette' ? [{ id, ...actionOf(id), run }] : [];
  });
  const workspaces = others.map((folder) => ({
    id: `workspace ${folder}`,
    title: folder,
    group: 'Open workspace',
    words: 'switch recent',
    run: () => openWorkspace(folder),
  }));
  return [...now, ...workspaces];
}

/** Those that hold every word of the search, best first: titles that begin with it come before others. */
export function searchEntries(entries: readonly PaletteEntry[], search: string): PaletteEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ title, group, words: others = '' }) => {
    const text = `${group} ${title} ${others}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ title }: PaletteEntry) => title.toLowerCase().startsWith(words[0] ?? '');
  return words.length === 0 ? found : [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
}
