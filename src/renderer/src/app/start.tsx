import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Connection } from '../client/connection';
import { cspNonce } from '../client/csp-nonce';
import { recall } from '../client/remembered';
import '../styles/fonts.css';
import '../styles/theme.css';
import { App } from './app';
import { hrefTo } from '../navigation/route';

// While a dialog is open, Radix locks the page's scrolling with a style element.
setNonce(cspNonce());

/** How long after a load main handles an empty page; reloading it in a loop would not help. */
const mendedByMainMs = 30_000;

const connection = new Connection(window);
connection.open();

// Opens the last page, unless the address has one.
const page = recall('page');
if (window.location.hash === '' && page !== null) window.location.hash = hrefTo(page);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root, { onUncaughtError: startAgain }).render(
  <StrictMode>
    <App connection={connection} />
  </StrictMode>,
);

/**
 * React empties the page if no boundary could show the error. Main handles this for a page that has just been loaded.
 */
function startAgain(error: unknown): void {
  reportError(error);
  if (performance.now() > mendedByMainMs) window.location.reload();
}
