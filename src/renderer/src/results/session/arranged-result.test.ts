import { describe, expect, it, vi } from 'vitest';
import type { Arrangement } from '../../../../contract/result-work';
import type { Result } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { ArrangedResult } from './arranged-result';
import { ResultWindows } from '../rows/result-windows';

const columns = [{ name: 'n', type: 'INTEGER' }];
const sorted = (descending: boolean): Arrangement => ({ sort: [{ column: 0, descending }], filters: [] });
const asItCame: Arrangement = { sort: [], filters: [] };

/** A result whose arrangements are made when the test says so. */
function makeResult() {
  const made: { resolve: (result: Result) => void; reject: (error: Error) => void }[] = [];
  const arrange = vi.fn(
    (_input: { arrangedId: string }, _options: { signal: AbortSignal }) =>
      new Promise<Result>((resolve, reject) => made.push({ resolve, reject })),
  );
  const close = vi.fn<(input: { resultId: string }) => Promise<void>>(() => Promise.resolve());
  const client = { results: { arrange, close } } as unknown as WarehouseClient;
  const result = { resultId: 'base', columns, rows: 0 };
  const arranged = new ArrangedResult(client, { result, windows: new ResultWindows(0, () => Promise.reject()) });
  const idOf = (number: number) => arrange.mock.calls[number]?.[0].arrangedId ?? '';
  return {
    arranged,
    arrange,
    idOf,
    finish: (number: number) => made[number]?.resolve({ resultId: idOf(number), columns, rows: 0 }),
    fail: (number: number) => made[number]?.reject(new Error('no number')),
    closed: () => close.mock.calls.map(([{ resultId }]) => resultId),
    shown: () => arranged.getSnapshot().shown.result.resultId,
  };
}

describe('ArrangedResult', () => {
  it('shows the old rows until the new ones are there, and then closes them', async () => {
    const { arranged, finish, idOf, shown, closed } = makeResult();
    arranged.arrange(sorted(false));
    expect(arranged.getSnapshot()).toMatchObject({ pending: true, arrangement: sorted(false) });
    expect(shown()).toBe('base');
    finish(0);
    await vi.waitFor(() => expect(shown()).toBe(idOf(0)));
    arranged.arrange(sorted(true));
    expect(shown()).toBe(idOf(0));
    expect(closed()).toEqual([]);
    finish(1);
    await vi.waitFor(() => expect(shown()).toBe(idOf(1)));
    expect(arranged.getSnapshot()).toMatchObject({ pending: false, error: null });
    expect(closed()).toEqual([idOf(0)]);
  });

  it('keeps its sort when the result has grown, also one that was still pending', async () => {
    const { arranged, arrange, finish, idOf, shown, closed } = makeResult();
    const grown = {
      result: { resultId: 'base', columns, rows: 7 },
      windows: new ResultWindows(7, () => Promise.reject()),
    };
    arranged.arrange(sorted(true));
    arranged.grow(grown);
    expect(arrange.mock.calls.map(([input]) => input)).toMatchObject([sorted(true), sorted(true)]);
    expect(closed()).toEqual([idOf(0)]);
    finish(1);
    await vi.waitFor(() => expect(shown()).toBe(idOf(1)));
    expect(arranged.getSnapshot()).toMatchObject({ pending: false, arrangement: sorted(true) });
    expect(arranged.opened).toBe(grown);
    arranged.arrange(asItCame);
    expect(arranged.getSnapshot().shown).toBe(grown);
  });

  it('closes the arranged rows when all are shown as they came', async () => {
    const { arranged, finish, idOf, shown, closed } = makeResult();
    arranged.arrange(sorted(false));
    finish(0);
    await vi.waitFor(() => expect(shown()).toBe(idOf(0)));
    arranged.arrange(asItCame);
    expect(shown()).toBe('base');
    expect(closed()).toEqual([idOf(0)]);
  });

  it('aborts and closes what is not wanted any more, though it may be there already', async () => {
    const { arranged, arrange, finish, idOf, shown, closed } = makeResult();
    arranged.arrange(sorted(false));
    arranged.arrange(sorted(true));
    expect(arrange.mock.calls[0]?.[1].signal.aborted).toBe(true);
    expect(closed()).toEqual([idOf(0)]);
    finish(0);
    finish(1);
    await vi.waitFor(() => expect(shown()).toBe(idOf(1)));
    expect(closed()).toEqual([idOf(0)]);
  });

  it('gives up what is being made when it is closed', () => {
    const { arranged, arrange, idOf, closed } = makeResult();
    arranged.arrange(sorted(false));
    arranged.close();
    expect(arrange.mock.calls[0]?.[1].signal.aborted).toBe(true);
    expect(closed()).toEqual([idOf(0)]);
  });

  it('keeps the rows on show, and says why, where an arrangement fails', async () => {
    const { arranged, fail, shown } = makeResult();
    arranged.arrange(sorted(false));
    fail(0);
    await vi.waitFor(() => expect(arranged.getSnapshot().error?.cause).toBe('no number'));
    expect(arranged.getSnapshot().pending).toBe(false);
    expect(shown()).toBe('base');
  });
});
