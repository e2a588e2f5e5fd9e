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

// Radix locks the page's scrolling with a style element of its own while a dialog is open.
setNonce(cspNonce());

/** For how long after a load main sees to it that a page is not empty; loading it in a circle would help nobody. */
const mendedByMainMs = 30_000;

const connection = new Connection(window);
connection.open();

// The page that was shown last, unless the address names one.
const page = recall('page');
if (window.location.hash === '' && page !== null) window.location.hash = hrefTo(page);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root, { onUncaughtError: startAgain }).render(
  <StrictMode>
    <App connection={connection} />
  </StrictMode>,
);

/** React leaves an empty page behind where no boundary could show the error. Main looks after a page that is just loaded. */
function startAgain(error: unknown): void {
  reportError(error);
  if (performance.now() > mendedByMainMs) window.location.reload();
}
