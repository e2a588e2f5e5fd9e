import path from 'node:path';
import { parseArgs } from 'node:util';

/*
 * The options of the packaged app. Electron hands every argument to Chromium, whose switches can open the app to other
 * programs (--remote-debugging-port), turn off its protections (--no-sandbox, --disable-web-security), run programs
 * (--renderer-cmd-prefix) and redirect its network. There are about two thousand of them, with more in each version, so
 * the few harmless ones are listed here and all others are refused.
 */

/** Accepted on every system, with or without a value. */
const acceptedSwitches = new Set([
  // Our own.
  'workspace',
  // Another folder for settings, drafts and logs.
  'user-data-dir',
  // Screen and drawing.
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-software-rasterizer',
  'disable-dev-shm-usage',
  'display',
  'enable-wayland-ime',
  'force-color-profile',
  'force-device-scale-factor',
  'force-prefers-reduced-motion',
  'ozone-platform',
  'ozone-platform-hint',
  'use-angle',
  'use-gl',
  // Language and aids.
  'force-renderer-accessibility',
  'lang',
]);

/** Facts about the launch that decide which options are allowed. */
export interface Starter {
  readonly platform: NodeJS.Platform;
  /** Null on Windows. */
  readonly uid: number | null;
}

/**
 * Finds the first argument that the packaged app doesn't accept. Arguments are read as Chromium reads them: one or two
 * dashes, on Windows a slash too; spaces around an argument are ignored.
 * @param args the command line without the program itself
 * @returns the option without its value and without control characters, or null if all are accepted
 */
export function refusedOption(args: readonly string[], starter: Starter): string | null {
  const refused = args.map((arg) => arg.trim()).find((arg) => isSwitch(arg, starter) && !isAccepted(arg, starter));
  return refused === undefined ? null : printable(refused);
}

function isSwitch(arg: string, { platform }: Starter): boolean {
  // After `--` Chromium reads no switches. Nothing needs it here, so it is refused like an unknown option.
  return arg.startsWith('-') || (platform === 'win32' && arg.startsWith('/'));
}

function isAccepted(arg: string, starter: Starter): boolean {
  // Chromium accepts single dashes too; the app's own option needs two.
  const name = /^--([a-z-]+)(?:=|$)/.exec(arg)?.[1];
  if (name === undefined) return false;
  // Chromium doesn't start as root with its sandbox on. For other users the sandbox stays on.
  if (name === 'no-sandbox') return starter.platform === 'linux' && starter.uid === 0;
  return acceptedSwitches.has(name);
}

function printable(arg: string): string {
  return (arg.split('=')[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 60);
}

/**
 * The folder given by `--workspace` as an absolute path, or null if there is none.
 * @param args the command line without the program itself; may contain Chromium's switches
 */
export function workspaceOption(args: readonly string[]): string | null {
  const { values } = parseArgs({ args: [...args], options: { workspace: { type: 'string' } }, strict: false });
  return typeof values.workspace === 'string' && values.workspace !== '' ? path.resolve(values.workspace) : null;
}
