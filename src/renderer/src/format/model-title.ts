import type { Layer } from '../../../contract/warehouse';

/** A name of the data as words, for charts and lists: `weekly active teams`. */
export const columnTitle = (name: string): string => name.replaceAll('_', ' ');

/** A model's title, without its layer: `Weekly active teams` for `gold_weekly_active_teams`. */
export function modelTitle({ name, layer }: { readonly name: string; readonly layer: Layer }): string {
  const words = columnTitle(name.replace(new RegExp(`^${layer}_`), '')).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
