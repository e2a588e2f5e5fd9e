import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScrollGeometry } from './scroll-geometry';

const rowHeight = 28;
const viewport = 600;

describe('ScrollGeometry', () => {
  it('leaves offsets alone while the rows fit', () => {
    const geometry = new ScrollGeometry(100_000, rowHeight);
    expect(geometry.scaled).toBe(false);
    expect(geometry.toContent(1234.5, viewport)).toBe(1234.5);
    expect(geometry.toScroll(1234.5, viewport)).toBe(1234.5);
    expect(geometry.firstItem(1234.5)).toBe(0);
    expect(geometry.items).toBe(100_000);
  });

  it('reaches the first and the last row of any result', () => {
    const geometry = new ScrollGeometry(1_000_000_000, rowHeight);
    expect(geometry.scrollHeight).toBeLessThan(33_000_000);
    expect(geometry.toContent(0, viewport)).toBe(0);
    const bottom = geometry.toContent(geometry.scrollHeight - viewport, viewport);
    expect(bottom).toBeCloseTo(geometry.contentHeight - viewport, 3);
    expect(geometry.firstItem(bottom) + geometry.items).toBe(1_000_000_000);
  });

  it('goes from content to scroll offsets and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 600_000, max: 1_000_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, part) => {
          const geometry = new ScrollGeometry(rows, rowHeight);
          const content = part * (geometry.contentHeight - viewport);
          const scroll = geometry.toScroll(content, viewport);
          expect(scroll).toBeLessThanOrEqual(geometry.scrollHeight - viewport + 1e-3);
          expect(Math.abs(geometry.toContent(scroll, viewport) - content)).toBeLessThan(0.01);
        },
      ),
    );
  });

  it('always lays out the rows on screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1_000_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, part) => {
          const geometry = new ScrollGeometry(rows, rowHeight);
          const content = part * (geometry.contentHeight - viewport);
          const firstItem = geometry.firstItem(content);
          expect(firstItem).toBeGreaterThanOrEqual(0);
          expect(firstItem).toBeLessThanOrEqual(Math.floor(content / rowHeight));
          expect(firstItem + geometry.items).toBeGreaterThanOrEqual(Math.ceil((content + viewport) / rowHeight));
        },
      ),
    );
  });

  it('shows a row by a step at the nearest edge, by a jump in the middle, and not at all if it is in sight', () => {
    const geometry = new ScrollGeometry(1_000, rowHeight);
    const offset = (row: number, place: 'nearest' | 'middle', current = 2_800) =>
      geometry.offsetShowing(row, current, viewport, place);
    expect(offset(105, 'middle')).toBe(2_800);
    expect(offset(99, 'nearest')).toBe(99 * rowHeight);
    expect(offset(500, 'nearest')).toBe(501 * rowHeight - viewport);
    expect(offset(500, 'middle')).toBe(500.5 * rowHeight - viewport / 2);
    expect(offset(0, 'middle')).toBe(0);
    expect(offset(999, 'middle')).toBe(1_000 * rowHeight - viewport);
  });

  it('clamps to what can be shown', () => {
    const geometry = new ScrollGeometry(100, rowHeight);
    expect(geometry.clamp(-5, viewport)).toBe(0);
    expect(geometry.clamp(99_999, viewport)).toBe(100 * rowHeight - viewport);
    expect(new ScrollGeometry(3, rowHeight).clamp(50, viewport)).toBe(0);
  });
});
