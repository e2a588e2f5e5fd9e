import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';

const scheme = 'app';
const host = 'micro-warehouse';

/** The origin of the window's page: a custom scheme, because pages of file:// may read other files. */
export const windowUrl = `${scheme}://${host}/index.html`;

/** Placeholder in index.html for the nonce of the response. */
const noncePlaceholder = '__CSP_NONCE__';

/** Must be called before the app is ready: Chromium registers schemes at its start. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built renderer from `folder`, and no other file.
 * @param onMissing called with each file that could not be served, and why
 */
export function serveWindow(folder: string, onMissing: (url: string, reason: unknown) => void): void {
  protocol.handle(scheme, async (request) => {
    const { hostname, pathname } = new URL(request.url);
    const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
    const inside = file.startsWith(folder + path.sep);
    if (hostname !== host || !inside) return notFound();
    try {
      return await (pathname === '/index.html' ? page(file) : asset(file));
    } catch (error) {
      onMissing(request.url, error);
      return notFound();
    }
  });
}

/** File types of the renderer's build. */
const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Read here rather than by `net.fetch`, which would start Chromium's network process. */
async function asset(file: string): Promise<Response> {
  const contentType = contentTypes[path.extname(file)];
  if (!contentType) return notFound();
  return new Response(await readFile(file), { headers: { 'content-type': contentType } });
}

async function page(file: string): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const html = (await readFile(file, 'utf8')).replaceAll(noncePlaceholder, nonce);
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy(nonce) },
  });
}

/**
 * Style elements need the nonce (CodeMirror and Radix get it from the page); scripts may only come from the app's own
 * files.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function notFound(): Response {
  return new Response('Not found', { status: 404 });
}
