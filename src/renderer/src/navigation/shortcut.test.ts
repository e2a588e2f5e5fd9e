import { describe, expect, it } from 'vitest';
import { actionIds, actionOf, partKeys } from '../../../contract/actions';
import { isPressed, keyCaps, withKeys } from './shortcut';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('isPressed', () => {
  it('takes Ctrl for Mod, on a Mac Cmd', () => {
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(isPressed('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
  });

  it('wants all keys and no others', () => {
    expect(isPressed('Mod+Shift+R', press('R', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(isPressed('Mod+Shift+R', press('r', { ctrlKey: true }), false)).toBe(false);
    expect(isPressed('Mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
    expect(isPressed('Mod+K', press('k'), false)).toBe(false);
  });

  it('takes a sign with Shift or without, as the keyboard has it', () => {
    expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(isPressed('?', press('?'), false)).toBe(true);
  });
});

it('writes keys as the system does', () => {
  expect(keyCaps('Mod+Shift+R', false)).toEqual(['Ctrl', 'Shift', 'R']);
  expect(keyCaps('Mod+Shift+R', true)).toEqual(['⌘', '⇧', 'R']);
});

it('tells of them in a tooltip and to screen readers', () => {
  expect(withKeys(actionOf('generate'))).toEqual({
    title: 'Generate (Ctrl+Shift+E)',
    'aria-keyshortcuts': 'Control+Shift+E',
  });
  expect(withKeys(actionOf('full-refresh'))).toEqual({ title: 'Full refresh' });
});

it('no two actions have the same keys, nor any the keys of a part', () => {
  const keys = [
    ...actionIds.flatMap((id) => actionOf(id).keys ?? []),
    ...Object.values(partKeys).map((part) => part.keys),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
