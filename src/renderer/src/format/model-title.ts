import type { Layer } from '../../../contract/warehouse';

/** A model's title, without its layer: `Weekly active teams` for `gold_weekly_active_teams`. */
export function modelTitle({ name, layer }: { readonly name: string; readonly layer: Layer }): string {
  const words = name
    .replace(new RegExp(`^${layer}_`), '')
    .replaceAll('_', ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
