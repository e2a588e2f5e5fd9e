import { setTimeout as sleep } from 'node:timers/promises';
import { app, dialog, type BrowserWindow, type WebContents } from 'electron';
import type { Log } from '../logs/logs';

/*
 * Detects empty windows. Twice in several hundred starts after a kill, a page reported itself ready but was empty, for
 * unknown reasons. So the page is inspected after each load: an empty one is reloaded, and the log records its state,
 * its console errors and which files were loaded.
 */

/** Delayed until the page has usually loaded: inspecting it takes some of its time. */
const firstLookMs = 1_000;
const lookEveryMs = 500;
/** A page that is not ready by then is inspected anyway. Slow machines take seconds. */
const readyTimeoutMs = 20_000;
/** Timeout for a page that hangs. */
const answerTimeoutMs = 5_000;
/** Errors kept until the page has been inspected; the log has all of them. */
const maxComplaints = 20;

/** The state of a page. */
interface Look {
  readonly ready: boolean;
  /** Whether the user sees nothing. */
  readonly empty: boolean;
  /** For the log: sizes in CSS pixels, number of rules of each style sheet, name, status and bytes of each file. */
  readonly detail: string;
}

/** Runs in the page. */
const lookScript = `(() => {
  const heightOf = (element) => (element ? Math.round(element.getBoundingClientRect().height) : null);
  const root = document.getElementById('root');
  const rules = [...document.styleSheets].map((sheet) => {
    try {
      return sheet.cssRules.length;
    } catch (error) {
      return String(error);
    }
  });
  const files = performance
    .getEntriesByType('resource')
    .map(({ name, responseStatus, decodedBodySize }) => name.split('/').pop() + ' ' + responseStatus + ' ' + decodedBodySize);
  const children = root ? root.childElementCount : 0;
  const heights = { html: heightOf(document.documentElement), body: heightOf(document.body), root: heightOf(root) };
  return {
    ready: document.documentElement.dataset.ready === 'true',
    empty: children === 0 || heights.root === 0 || !rules.some((count) => count > 0),
    detail: JSON.stringify({ heights, children, rules, files, window: [innerWidth, innerHeight],
      visibility: document.visibilityState, state: document.readyState, address: location.href }),
  };
})()`;

/**
 * Inspects a window's page after each load. An empty one is reloaded once; after that the user is asked.
 * @param openLog loads the log, which the window does not wait for; called when there is something to write
 */
export function watchHealth(window: BrowserWindow, openLog: () => Promise<Log>): void {
  const complaints: string[] = [];
  noteComplaints(window.webContents, (text) => {
    complaints.push(text);
    if (complaints.length > maxComplaints) complaints.shift();
    void openLog().then((log) => log.error(`Window: ${text}`));
  });
  let mended = false;
  let loads = 0;
  const judge = async (load: number): Promise<void> => {
    const look = await lookAt(window, () => load === loads);
    if (!look) return;
    const log = await openLog();
    if (!look.empty) return log.info(`Window: drawn${look.ready ? '' : ', but not ready'}.`);
    log.error(`Window: empty. ${look.detail} Complaints: ${complaints.join(' | ') || 'none'}`);
    if (window.isDestroyed()) return;
    if (mended) return askWhatToDo(window);
    mended = true;
    window.webContents.reloadIgnoringCache();
  };
  window.webContents.on('did-finish-load', () => {
    loads += 1;
    void judge(loads);
  });
}

/** Errors that the page or Chromium reports without showing them to the user. */
function noteComplaints(contents: WebContents, complain: (text: string) => void): void {
  // Electron 35 and newer pass the level as a word in an object, older ones as a number.
  contents.on(
    'console-message',
    ({ level, message, sourceId, lineNumber }, oldLevel, oldMessage, oldLine, oldSource) => {
      if (level === 'error' || (level === undefined && oldLevel === 3)) {
        complain(`${message ?? oldMessage} (${sourceId ?? oldSource}:${lineNumber ?? oldLine})`);
      }
    },
  );
  contents.on('preload-error', (_event, file, { message }) =>
    complain(`the preload script ${file} failed: ${message}`),
  );
  contents.on('did-fail-load', (_event, code, description, url) => complain(`${url}: ${description} (${code})`));
  contents.on('unresponsive', () => complain('the page does not respond'));
}

/** @returns null if the page was closed or reloaded, or did not respond */
async function lookAt(window: BrowserWindow, isCurrent: () => boolean): Promise<Look | null> {
  const end = Date.now() + readyTimeoutMs;
  await sleep(firstLookMs);
  let emptyBefore = false;
  while (isCurrent() && !window.isDestroyed()) {
    const look = await Promise.race([ask(window.webContents), sleep(answerTimeoutMs, null)]);
    const late = Date.now() > end;
    if (look === null && late) return null;
    // A page may be empty for a moment between two frames.
    if (look && (late || look.ready) && (!look.empty || emptyBefore)) return look;
    emptyBefore = look?.empty === true;
    await sleep(lookEveryMs);
  }
  return null;
}

async function ask(contents: WebContents): Promise<Look | null> {
  const answer: unknown = await contents.executeJavaScript(lookScript).catch(() => null);
  if (typeof answer !== 'object' || answer === null) return null;
  if (!('ready' in answer && 'empty' in answer && 'detail' in answer)) return null;
  return { ready: answer.ready === true, empty: answer.empty === true, detail: String(answer.detail) };
}

async function askWhatToDo(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window is empty.',
    detail: 'Nothing is lost: your data is on disk. The app log has the details.',
    buttons: ['Reload window', 'Quit'],
  });
  if (response === 0) window.webContents.reloadIgnoringCache();
  else app.quit();
}
