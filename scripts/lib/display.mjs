import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import process from 'node:process';

import { Failure } from './failure.mjs';

/**
 * Whether a window can be shown. Only Linux commonly runs without a screen.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts a private virtual screen. Xvfb chooses a free number itself and tells it when it is ready, so two test runs
 * can't collide, and nothing is polled or slept for (xvfb-run does both). No cookie file either: with one, a test
 * that runs Electron as another user, to see the sandbox at work, could not reach the screen.
 *
 * @returns {Promise<{ display: string, close: () => Promise<void> }>}
 */
export function startVirtualDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'];
  // A separate process group, so that Ctrl+C reaches the windows first and the screen goes last.
  const server = spawn('Xvfb', args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const kill = () => server.kill();
  process.once('exit', kill);
  // Waits for its end, so that no zombie process is left.
  const close = async () => {
    const ended = once(server, 'exit');
    server.ref();
    kill();
    await ended;
  };
  return new Promise((resolve, reject) => {
    let complaint = '';
    server.stderr?.on('data', (text) => (complaint += text));
    server.once('error', () =>
      reject(new Failure('Xvfb was not found. Run "node scripts/set-up.mjs --window --display" first.')),
    );
    server.once('exit', () =>
      reject(new Failure(`The virtual screen (Xvfb) could not be started.\n${complaint.trim()}`)),
    );
    server.stdio[3]?.once('data', (number) => {
      // From here on it must not keep our own process alive.
      server.unref();
      for (const stream of server.stdio) if (stream instanceof Socket) stream.unref();
      resolve({ display: `:${String(number).trim()}`, close });
    });
  });
}
