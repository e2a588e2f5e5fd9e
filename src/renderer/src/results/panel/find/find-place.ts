import type { FoundBlocks } from '../../../../../contract/result-work';

/** Where a match is: its block, and its place among the matches of the block. */
export interface FindPlace {
  readonly block: number;
  readonly within: number;
}

export const foundTotal = (blocks: FoundBlocks): number => blocks.reduce((sum, { count }) => sum + count, 0);

/** The place of a match by its number over the whole result, from 0; null if there are fewer. */
export function findPlace(blocks: FoundBlocks, number: number): FindPlace | null {
  let before = 0;
  for (const { block, count } of blocks) {
    if (number < before + count) return { block, within: number - before };
    before += count;
  }
  return null;
}
