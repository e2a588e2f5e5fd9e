import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { refusedOption, workspaceOption } from './command-line';

const user = { platform: 'linux', uid: 1000 } as const;
const root = { platform: 'linux', uid: 0 } as const;
const windows = { platform: 'win32', uid: null } as const;

describe('refusedOption', () => {
  test.each([
    ['no arguments', []],
    ['a workspace', ['--workspace', '/data/my warehouse']],
    ['a workspace in one argument', ['--workspace=/data']],
    ['another user-data folder', ['--user-data-dir=/tmp/other']],
    ['a screen', ['--ozone-platform=wayland', '--force-device-scale-factor=1.5', '--disable-gpu']],
    ['a file that a desktop hands over', ['/home/me/note.txt']],
    ['a value with an equals sign', ['--workspace=/data/a=b']],
  ])('accepts %s', (_, args) => {
    expect(refusedOption(args, user)).toBeNull();
  });

  test.each([
    // Control from outside.
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--remote-allow-origins=*',
    '--inspect',
    '--inspect-brk=0',
    '--inspect-port=1',
    '--inspect-publish-uid=http',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '--require=/tmp/x.js',
    '--import=/tmp/x.mjs',
    '--enable-automation',
    '--auto-open-devtools-for-tabs',
    // Weaker walls.
    '--no-sandbox',
    '--disable-setuid-sandbox',
    '--disable-gpu-sandbox',
    '--disable-seccomp-filter-sandbox',
    '--disable-web-security',
    '--disable-site-isolation-trials',
    '--disable-features=IsolateOrigins',
    '--enable-features=x',
    '--enable-blink-features=x',
    '--single-process',
    '--in-process-gpu',
    '--no-zygote',
    '--allow-file-access-from-files',
    '--ignore-certificate-errors',
    '--unsafely-treat-insecure-origin-as-secure=http://x',
    // The network.
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--proxy-server=http://x',
    '--proxy-pac-url=http://x',
    // Programs and files.
    '--renderer-cmd-prefix=xterm -e',
    '--utility-cmd-prefix=sh',
    '--gpu-launcher=sh',
    '--browser-subprocess-path=/tmp/x',
    '--log-file=/tmp/x',
    '--enable-logging=file',
    '--trace-startup=*',
    '--log-net-log=/tmp/x',
    '--disk-cache-dir=/tmp/x',
    '--crash-dumps-dir=/tmp/x',
    '--type=renderer',
    '--gtk-module=x',
    '--some-switch-of-a-later-version',
  ])('refuses %s', (arg) => {
    expect(refusedOption(['--workspace', '/data', arg], user)).toBe(arg.split('=')[0]);
  });

  test.each([
    ['one dash', '-remote-debugging-port=0', '-remote-debugging-port'],
    ['blanks around it', ' \t--remote-debugging-port=0 ', '--remote-debugging-port'],
    ['the end of switches', '--', '--'],
    ['capitals', '--Workspace=/x', '--Workspace'],
    ['one dash before an accepted one', '-workspace=/x', '-workspace'],
    ['control characters, which are not repeated', '--a\u001B[31m\n=1', '--a?[31m?'],
  ])('refuses %s', (_, arg, named) => {
    expect(refusedOption([arg], user)).toBe(named);
  });

  test('looks at the value of --workspace too, which Chromium would read as a switch', () => {
    expect(refusedOption(['--workspace', '--remote-debugging-port=0'], user)).toBe('--remote-debugging-port');
  });

  test('on Windows a slash begins a switch', () => {
    expect(refusedOption(['/remote-debugging-port=0'], windows)).toBe('/remote-debugging-port');
    expect(refusedOption(['--workspace', 'C:\\data'], windows)).toBeNull();
  });

  test('accepts --no-sandbox from root on Linux alone, where Chromium does not start without it', () => {
    expect(refusedOption(['--no-sandbox'], root)).toBeNull();
    expect(refusedOption(['--no-sandbox=1', '--disable-setuid-sandbox'], root)).toBe('--disable-setuid-sandbox');
    expect(refusedOption(['--no-sandbox'], { platform: 'darwin', uid: 0 })).toBe('--no-sandbox');
    expect(refusedOption(['--no-sandbox'], windows)).toBe('--no-sandbox');
  });
});

describe('workspaceOption', () => {
  test('finds the folder among switches of Chromium', () => {
    expect(workspaceOption(['--disable-gpu', '--workspace', 'here'])).toBe(path.resolve('here'));
    expect(workspaceOption(['--workspace=/data', '--lang=de'])).toBe(path.resolve('/data'));
  });

  test.each([[[]], [['--workspace=']], [['--workspace']], [['/data']]])('is null for %j', (args) => {
    expect(workspaceOption(args)).toBeNull();
  });
});
