import path from 'node:path';
import { parseArgs } from 'node:util';

/*
 * The options of the packaged app. Electron hands every argument to Chromium, whose switches can open the app to other
 * programs (--remote-debugging-port), turn off its protections (--no-sandbox, --disable-web-security), run programs
 * (--renderer-cmd-prefix) and redirect its network. There are some two thousand of them, with more in each version, so
 * the few that are harmless are listed here, and all others are refused.
 */

/** Accepted on every system, with or without a value. */
const acceptedSwitches = new Set([
  // Our own.
  'workspace',
  // Another place for settings, drafts and logs.
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

/** Who starts the app, as far as the options depend on it. */
export interface Starter {
  readonly platform: NodeJS.Platform;
  /** Null on Windows. */
  readonly uid: number | null;
}

/**
 * Finds the first argument that the packaged app doesn't accept. It reads arguments as Chromium does: one or two
 * dashes, on Windows a slash too; blanks around an argument don't count.
 * @param args the command line without the program itself
 * @returns the option without its value and without control characters, or null where all are accepted
 */
export function refusedOption(args: readonly string[], starter: Starter): string | null {
  const refused = args.map((arg) => arg.trim()).find((arg) => isSwitch(arg, starter) && !isAccepted(arg, starter));
  return refused === undefined ? null : printable(refused);
}

function isSwitch(arg: string, { platform }: Starter): boolean {
  // After `--` Chromium reads no switches. Nothing needs it here, so it is refused as one.
  return arg.startsWith('-') || (platform === 'win32' && arg.startsWith('/'));
}

function isAccepted(arg: string, starter: Starter): boolean {
  // Chromium knows single dashes too; we ask for two, as the app's own option does.
  const name = /^--([a-z-]+)(?:=|$)/.exec(arg)?.[1];
  if (name === undefined) return false;
  // Chromium doesn't start at all as root with its sandbox on. For anybody else it stays on.
  if (name === 'no-sandbox') return starter.platform === 'linux' && starter.uid === 0;
  return acceptedSwitches.has(name);
}

function printable(arg: string): string {
  return (arg.split('=')[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 60);
}

/**
 * The folder that `--workspace` gives, absolute, or null where there is none.
 * @param args the command line without the program itself; Chromium's switches may be among them
 */
export function workspaceOption(args: readonly string[]): string | null {
  const { values } = parseArgs({ args: [...args], options: { workspace: { type: 'string' } }, strict: false });
  return typeof values.workspace === 'string' && values.workspace !== '' ? path.resolve(values.workspace) : null;
}
