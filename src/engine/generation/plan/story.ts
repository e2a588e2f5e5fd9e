import type { Recipe } from '../../../contract/recipe';

/**
 * The date range of the first recipe, on which sign-ups, growth and planted facts are laid out. A recipe that continues
 * another one keeps its story.
 */
export type Story = Pick<Recipe, 'start' | 'end'>;

export function storyOf({ start, end, continues }: Pick<Recipe, 'start' | 'end' | 'continues'>): Story {
  return continues ?? { start, end };
}
