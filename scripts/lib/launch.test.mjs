import { expect, test } from 'vitest';

import { electronArguments, electronEnvironment } from './launch.mjs';

/** @returns {import('./launch.mjs').Machine} */
const machine = (changes = {}) => ({ env: { DISPLAY: ':0' }, platform: 'linux', uid: 1000, ...changes });

test('the app comes before its own arguments', () => {
  expect(electronArguments('/app', ['--workspace', 'x'], machine())).toEqual(['/app', '--workspace', 'x']);
});

test('the sandbox is off for root on Linux alone', () => {
  expect(electronArguments('/app', [], machine({ uid: 0 }))).toEqual(['--no-sandbox', '/app']);
  expect(electronArguments('/app', [], machine({ uid: 0, platform: 'darwin' }))).toEqual(['/app']);
});

test('Wayland is asked for where there is no X11', () => {
  const wayland = { WAYLAND_DISPLAY: 'wayland-0' };
  expect(electronArguments('/app', [], machine({ env: wayland }))).toEqual(['--ozone-platform=wayland', '/app']);
  expect(electronArguments('/app', [], machine({ env: { ...wayland, DISPLAY: ':0' } }))).toEqual(['/app']);
});

test('an editor that is an Electron app cannot turn ours into a plain Node', () => {
  expect(electronEnvironment({ ELECTRON_RUN_AS_NODE: '1', HOME: '/h' })).toEqual({ HOME: '/h' });
});
