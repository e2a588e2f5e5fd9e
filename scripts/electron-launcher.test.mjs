import { describe, expect, test } from 'vitest';

// Beside the launcher's folder rather than in it, since its contents are packed into the runtime.
import { parseCommandLine } from './electron-launcher/command-line.js';

describe('the launcher reads Electron’s command line', () => {
  test.each([
    ['the first plain word is the app', ['.'], { app: '.' }],
    ['flags are skipped', ['--no-sandbox', '--inspect=0', '/app'], { app: '/app' }],
    ['what follows the app belongs to it', ['/app', '-r', 'x.js', '--version'], { app: '/app' }],
    [
      'modules to preload are kept in order',
      ['-r', 'a.js', '--require', 'b.js', '.'],
      { preload: ['a.js', 'b.js'], app: '.' },
    ],
    ['--app names it too', ['--no-sandbox', '--app=/x=y'], { app: '/x=y' }],
    ['--version asks for nothing else', ['--no-sandbox', '--version'], { version: true }],
    ['no app at all', ['--no-sandbox'], {}],
  ])('%s', (_what, args, expected) => {
    expect(parseCommandLine(args)).toEqual({ preload: [], app: undefined, version: false, ...expected });
  });

  test('a preload flag without its file is refused', () => {
    expect(() => parseCommandLine(['-r'])).toThrow('-r needs a file');
  });
});
