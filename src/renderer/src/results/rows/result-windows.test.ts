import { describe, expect, it, vi } from 'vitest';
import type { Block } from './block';
import { ResultWindows, type WindowLimits } from './result-windows';

const limits: WindowLimits = { blockRows: 10, maxBlocks: 3, maxLoading: 2 };

function blockFrom(offset: number, rows: number): Block {
  return { rows, text: (row) => String(offset + row), number: (row) => offset + row };
}

/** Windows over numbered rows whose reads end when the test says so. */
function makeWindows(rows = 1000) {
  const pending = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const load = vi.fn(
    (offset: number, limit: number) =>
      new Promise<Block>((resolve, reject) => {
        pending.set(offset, { resolve: () => resolve(blockFrom(offset, limit)), reject });
      }),
  );
  const finish = async (offset: number, error?: Error) => {
    const read = pending.get(offset);
    if (!read) throw new Error(`Nothing reads from ${offset}.`);
    pending.delete(offset);
    if (error) read.reject(error);
    else read.resolve();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return {
    windows: new ResultWindows(rows, load, limits),
    load,
    finish,
    offsets: () => load.mock.calls.map(([o]) => o),
  };
}

describe('ResultWindows', () => {
  it('reads the blocks that hold the wanted rows, once', async () => {
    const { windows, finish, offsets } = makeWindows();
    windows.want(5, 14);
    windows.want(6, 15);
    expect(offsets()).toEqual([0, 10]);
    expect(windows.text(5, 0)).toBeUndefined();

    await finish(0);
    await finish(10);
    expect(windows.text(5, 0)).toBe('5');
    expect(windows.text(14, 0)).toBe('14');
    windows.want(5, 14);
    expect(offsets()).toEqual([0, 10]);
  });

  it('tells its listeners when a block has come', async () => {
    const { windows, finish } = makeWindows();
    const listener = vi.fn();
    windows.subscribe(listener);
    const before = windows.getSnapshot();
    windows.want(0, 3);
    await finish(0);
    expect(listener).toHaveBeenCalledOnce();
    expect(windows.getSnapshot()).not.toBe(before);
  });

  it('skips what was scrolled past while reads were under way', async () => {
    const { windows, finish, offsets } = makeWindows();
    windows.want(0, 19);
    windows.want(300, 309);
    windows.want(600, 609);
    expect(offsets()).toEqual([0, 10]);
    await finish(0);
    expect(offsets()).toEqual([0, 10, 600]);
  });

  it('forgets the blocks looked at longest ago', async () => {
    const { windows, finish } = makeWindows();
    for (const row of [0, 10, 20]) {
      windows.want(row, row);
      await finish(row);
    }
    windows.want(0, 0);
    windows.want(30, 30);
    await finish(30);
    expect(windows.text(0, 0)).toBe('0');
    expect(windows.text(10, 0)).toBeUndefined();
    expect(windows.text(20, 0)).toBe('20');
  });

  it('never forgets a block that is on screen', async () => {
    const { windows, finish } = makeWindows();
    windows.want(0, 49);
    for (const offset of [0, 10, 20, 30, 40]) await finish(offset);
    for (const row of [0, 10, 20, 30, 40]) expect(windows.text(row, 0)).toBe(String(row));
  });

  it('stops at a failure until it is told to try again', async () => {
    const { windows, finish, offsets } = makeWindows();
    windows.want(0, 5);
    await finish(0, new Error('gone'));
    expect(windows.getSnapshot().error?.cause).toBe('gone');
    windows.want(0, 5);
    expect(offsets()).toEqual([0]);

    windows.retry();
    expect(windows.getSnapshot().error).toBeNull();
    await finish(0);
    expect(windows.text(0, 0)).toBe('0');
  });

  it('reads nothing of an empty result, and stays within a short one', () => {
    const empty = makeWindows(0);
    empty.windows.want(0, 20);
    expect(empty.offsets()).toEqual([]);

    const short = makeWindows(12);
    short.windows.want(0, 40);
    expect(short.offsets()).toEqual([0, 10]);
  });

  it('gives the first rows in order', async () => {
    const windows = new ResultWindows(25, (offset, limit) => Promise.resolve(blockFrom(offset, limit)), limits);
    const blocks = await windows.head(22);
    expect(blocks.map((block) => [block.text(0, 0), block.rows])).toEqual([
      ['0', 10],
      ['10', 10],
      ['20', 2],
    ]);
  });

  it('reads none of the first rows twice', async () => {
    const load = vi.fn((offset: number, limit: number) => Promise.resolve(blockFrom(offset, limit)));
    const windows = new ResultWindows(25, load, limits);
    await windows.open();
    expect((await windows.head(25)).map(({ rows }) => rows)).toEqual([10, 10, 5]);
    expect((await windows.head(3)).map(({ rows }) => rows)).toEqual([3]);
    expect(load.mock.calls).toEqual([
      [0, 10],
      [10, 10],
      [20, 5],
      [0, 3],
    ]);
  });

  it('stops reading the first rows when they are not wanted any more', async () => {
    const leaving = new AbortController();
    const load = vi.fn((offset: number, limit: number) => {
      leaving.abort();
      return Promise.resolve(blockFrom(offset, limit));
    });
    await expect(new ResultWindows(25, load, limits).head(25, leaving.signal)).rejects.toThrow(/abort/i);
    expect(load).toHaveBeenCalledOnce();
  });
});
