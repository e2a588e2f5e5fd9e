import type { Page } from '@playwright/test';
import { z } from 'zod';
import { median } from './measure';
import { generated } from './refresh';
import { add, cli, freshFolder, million, note, timed } from './report';
import { withWindow } from './window';

const rounds = 5;
const everything = 'SELECT * FROM silver_events';
const endless = 'SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';

/** The console's response times in the window: first rows, scrolling, memory, Cancel. */
export async function querying(): Promise<void> {
  for (const rows of [million, 10 * million]) {
    const workspace = await generated(rows);
    await timed(cli, 'refresh', '--workspace', workspace, '--json');
    await withWindow(freshFolder(), workspace, async (page) => {
      await page.getByRole('link', { name: 'Console', exact: true }).click();
      await page.getByRole('textbox', { name: 'SQL', exact: true }).waitFor();
      if (rows === million) await smallResult(page);
      else await largeResult(page);
      if (rows === million) await cancelling(page);
    });
  }
}

async function smallResult(page: Page): Promise<void> {
  const times: number[] = [];
  await write(page, everything);
  // The first round loads the code that shows results and is reported separately.
  for (let round = 0; round <= rounds; round += 1) {
    times.push(await evaluate(page, runToFirstRows));
    await page.getByText(/^1,000,000 rows/).waitFor();
  }
  const [cold, ...warm] = times;
  reportTime('first rows of SELECT * on 1M rows, click to drawn', median(warm), 500);
  note(`the first time after launch: ${Math.round(cold ?? NaN)} ms`);
  for (const [how, scroll] of [
    ['wheel', turnWheel],
    ['scroll bar', dragBar],
  ] as const)
    reportTime(`median frame while a 1M-row result is scrolled, ${how}`, await evaluate(page, scrolling(scroll)), 20);
}

async function largeResult(page: Page): Promise<void> {
  await write(page, everything);
  note(`first rows of SELECT * on 10M rows: ${Math.round(await evaluate(page, runToFirstRows))} ms`);
  await page.getByText(/^10,000,000 rows/).waitFor({ timeout: 120_000 });
  for (const scroll of [turnWheel, dragBar]) {
    const frame = await evaluate(page, scrolling(scroll));
    note(`median frame while it is scrolled: ${frame.toFixed(1)} ms`);
  }
  const heap = await evaluate(page, 'performance.memory.usedJSHeapSize / 1e6');
  const measured = `${Math.round(heap)} MB`;
  add({ what: 'heap of the window after scrolling through 10M rows', measured, value: heap, most: 150 });
}

async function cancelling(page: Page): Promise<void> {
  await write(page, endless);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('timer').waitFor();
    times.push(await evaluate(page, cancelToStopped));
  }
  reportTime('Cancel of an endless query, click to stopped', median(times), 200);
}

function reportTime(what: string, ms: number, most: number): void {
  add({ what, measured: `${ms.toFixed(ms < 100 ? 1 : 0)} ms`, value: ms, most });
}

async function write(page: Page, sql: string): Promise<void> {
  await page.getByRole('textbox', { name: 'SQL', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(sql);
}

async function evaluate(page: Page, script: string): Promise<number> {
  return z.number().parse(await page.evaluate(script));
}

const click = (name: string) =>
  `[...document.querySelectorAll('button')].find((button) => button.textContent === '${name}').click();`;

/** Runs in the page: resolves to the milliseconds until `condition` holds, checked in each frame. */
const until = (condition: string) => `
    const look = () => {
      if (${condition}) requestAnimationFrame(() => resolve(performance.now() - started));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);`;

/** A frame is visible when the next one starts. */
const runToFirstRows = `
  new Promise((resolve) => {
    const before = document.querySelector('[role=gridcell]');
    const started = performance.now();
    ${click('Run')}
    const shown = () => document.querySelector('[role=gridcell]');
    ${until(`shown() && shown() !== before && shown().textContent !== ''`)}
  })`;

const cancelToStopped = `
  new Promise((resolve) => {
    const started = performance.now();
    ${click('Cancel')}
    ${until(`[...document.querySelectorAll('[role=status]')].some((said) => said.textContent.startsWith('Cancelled'))`)}
  })`;

const turnWheel = `grid.dispatchEvent(new WheelEvent('wheel', { deltaY: 300, bubbles: true, cancelable: true }))`;
const dragBar = `grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * frames.length / 240`;

/** Runs in the page: moves the result in each of 240 frames, and resolves to the median time between them. */
const scrolling = (move: string) => `
  new Promise((resolve) => {
    const grid = document.querySelector('[role=grid]');
    const frames = [];
    let before = performance.now();
    const frame = (now) => {
      frames.push(now - before);
      before = now;
      if (frames.length === 240) return resolve(frames.sort((a, b) => a - b)[120]);
      ${move};
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`;
