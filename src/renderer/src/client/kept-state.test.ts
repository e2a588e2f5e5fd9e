import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { StoredState, workspaceOwner } from './kept-state';

let stored = new Map<string, string>();

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

const schema = z.array(z.string());
const opened = () => new StoredState<string[]>([], 'checks', schema);
/** After a restart, all objects are new: here, the state is. */
const afterRestart = (owner: object) => opened().of(owner).getSnapshot();

it('is there again after a restart, for its workspace only', () => {
  opened().of(workspaceOwner('/a')).set(['no_duplicates']);
  expect(afterRestart(workspaceOwner('/a'))).toEqual(['no_duplicates']);
  expect(afterRestart(workspaceOwner('/b'))).toEqual([]);
  expect(afterRestart(workspaceOwner('/a', 'gold_top_teams'))).toEqual([]);
});

it('starts afresh from a stored value that is damaged or of another version', () => {
  opened().of(workspaceOwner('/a')).set(['x']);
  const [key = ''] = stored.keys();
  for (const value of ['', '[1]', '{', 'null']) {
    stored.set(key, value);
    expect(afterRestart(workspaceOwner('/a'))).toEqual([]);
  }
});

it('is kept in memory where nothing can be stored', () => {
  vi.stubGlobal('localStorage', undefined);
  const state = opened();
  state.of(workspaceOwner('/a')).set(['x']);
  expect(state.of(workspaceOwner('/a')).getSnapshot()).toEqual(['x']);
});
