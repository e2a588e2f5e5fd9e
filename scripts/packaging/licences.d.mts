import type { Plugin } from 'vite';

/** For electron.vite.config.ts, which is TypeScript; the words are in licences.mjs. */
export function notePackages(part: string): Plugin;
