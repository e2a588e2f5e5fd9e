import { expect, test } from 'vitest';

import { hasDisplay } from './display.mjs';
import { requireNode } from './set-up.mjs';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(['18.20.8', '20.18.3'])('Node %s is too old, and the message says what to install', (version) => {
  expect(() => requireNode(version)).toThrow('install Node 20.19 or newer');
});

test('a display is taken for granted on everything but Linux', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});
