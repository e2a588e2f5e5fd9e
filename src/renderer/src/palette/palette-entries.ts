import { actionIds, actionOf } from '../../../contract/actions';
import type { Model } from '../../../contract/warehouse';
import { modelTitle } from '../format/model-title';
import type { PageAction } from '../navigation/page-actions';
import { hrefTo } from '../navigation/route';
import type { ActionRuns } from './use-actions';

/** One line of the palette, in the form of a page's action. */
export type PaletteEntry = PageAction;

/** Actions of the app; unavailable ones are listed with the reason. */
export function appEntries(runs: ActionRuns, whyNot: (id: keyof ActionRuns) => string): PaletteEntry[] {
  return actionIds
    .filter((id) => id !== 'command-palette')
    .map((id) => ({ id, ...actionOf(id), run: runs[id], whyNot: whyNot(id) }));
}

/** Recently opened workspaces. */
export function workspaceEntries(folders: readonly string[], open: ((folder: string) => void) | null): PaletteEntry[] {
  return folders.map((folder) => ({
    id: `workspace ${folder}`,
    title: folder,
    group: 'Open workspace',
    words: 'switch recent',
    run: open && (() => open(folder)),
    whyNot: 'Wait for the current run or refresh to finish.',
  }));
}

const goTo = (page: string, item: string) => () => {
  window.location.hash = hrefTo(page, item);
};

/** Named places: metrics, models, and any day typed in full. Only shown for a search. */
export function placeEntries(search: string, models: readonly Model[]): PaletteEntry[] {
  const [date] = /\b\d{4}-\d\d-\d\d\b/.exec(search) ?? [];
  return [
    ...(date === undefined
      ? []
      : [{ id: `day ${date}`, title: `Day ${date}`, group: 'Partitions', run: goTo('partitions', date) }]),
    ...models
      .filter(({ layer }) => layer === 'gold')
      .map((model) => ({
        id: `metric ${model.name}`,
        title: modelTitle(model),
        group: 'Metrics',
        words: `metric chart ${model.name}`,
        run: goTo('metrics', model.name),
      })),
    ...models.map(({ name, layer }) => ({
      id: `model ${name}`,
      title: name,
      group: 'Layers',
      words: `model ${layer}`,
      run: goTo('layers', name),
    })),
  ];
}

/** Entries that contain every word of the search; titles that start with it come first. */
export function searchEntries(entries: readonly PaletteEntry[], search: string): PaletteEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ title, group, words: others = '' }) => {
    const text = `${group} ${title} ${others}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ title }: PaletteEntry) => title.toLowerCase().startsWith(words[0] ?? '');
  return words.length === 0 ? found : [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
}
