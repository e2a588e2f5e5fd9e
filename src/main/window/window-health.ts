import { setTimeout as sleep } from 'node:timers/promises';
import { app, dialog, type BrowserWindow, type WebContents } from 'electron';
import type { Log } from '../logs/logs';

/*
 * An empty window, whose page said that it was ready, was seen twice in some hundreds of starts after the app had been
 * killed, and nothing told why. So the page is looked at after each load: an empty one is loaded again, and the log has
 * what was found, what the page had complained of and which of its files had come.
 */

/** Not before the page has had the time that it needs as a rule: looking takes some of it. */
const firstLookMs = 1_000;
const lookEveryMs = 500;
/** A page that is not ready by then is judged as it is. Slow machines take seconds. */
const readyTimeoutMs = 20_000;
/** A page that hangs does not answer. */
const answerTimeoutMs = 5_000;
/** Complaints kept until the page has been looked at; the log has all of them. */
const maxComplaints = 20;

/** How a page looks. */
interface Look {
  readonly ready: boolean;
  /** Whether there is nothing for a user to see. */
  readonly empty: boolean;
  /** Sizes in CSS pixels, rules of each style sheet, name, status and bytes of each file: for the log. */
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
 * Looks at the page of a window after each load, and mends an empty one: loads it again, once, and then asks the user.
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

/** Whatever a page or Chromium reports of it that no user sees. */
function noteComplaints(contents: WebContents, complain: (text: string) => void): void {
  // Electron 35 and newer tell the level by a word in an object, older ones by a number.
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

/** @returns null where the page went, was loaded again or did not answer */
async function lookAt(window: BrowserWindow, isCurrent: () => boolean): Promise<Look | null> {
  const end = Date.now() + readyTimeoutMs;
  await sleep(firstLookMs);
  let emptyBefore = false;
  while (isCurrent() && !window.isDestroyed()) {
    const look = await Promise.race([ask(window.webContents), sleep(answerTimeoutMs, null)]);
    const late = Date.now() > end;
    if (look === null && late) return null;
    // Between two pictures a page may be empty for a moment.
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
