import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Connection } from '../client/connection';
import { cspNonce } from '../client/csp-nonce';
import '../styles/theme.css';
import { App } from './app';

// Radix locks the page's scrolling with a style element of its own while a dialog is open.
setNonce(cspNonce());

const connection = new Connection(window);
connection.open();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App connection={connection} />
  </StrictMode>,
);
