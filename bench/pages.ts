import { z } from 'zod';
import { median } from './measure';
import { generated } from './refresh';
import { add, cli, freshFolder, million, note, timed } from './report';
import { withWindow } from './window';

const rounds = 7;
const pages = ['Partitions', 'Layers', 'Metrics', 'Console', 'Activity', 'Overview'] as const;

const visitSchema = z.object({ drawnMs: z.number(), filledMs: z.number(), shift: z.number() });

/**
 * Time from a click on a page of 10M rows until the page is drawn, and until everything on it has been read; and how
 * much it jumped, by Chromium's layout-shift score.
 */
export async function visiting(): Promise<void> {
  const workspace = await generated(10 * million);
  await timed(cli, 'refresh', '--workspace', workspace, '--json');
  await withWindow(freshFolder(), workspace, async (page) => {
    await page.evaluate(watchShifts);
    const visits = new Map(pages.map((name) => [name, new Array<z.infer<typeof visitSchema>>()]));
    // The first round isn't counted: the code of a page is loaded once, before the click if there is time.
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of pages) {
        const visit = visitSchema.parse(await page.evaluate(visitPage(name)));
        if (round > 0) visits.get(name)?.push(visit);
      }
    }
    for (const [name, times] of visits) report(name, times);
  });
}

function report(name: string, visits: readonly z.infer<typeof visitSchema>[]): void {
  const drawn = median(visits.map(({ drawnMs }) => drawnMs));
  const filled = median(visits.map(({ filledMs }) => filledMs));
  const shift = Math.max(...visits.map((visit) => visit.shift));
  add({ what: `${name} of 10M rows, click to drawn`, measured: `${Math.round(drawn)} ms`, value: drawn, most: 150 });
  note(`until all of it is read: ${Math.round(filled)} ms`);
  add({ what: `${name} of 10M rows, layout shift`, measured: shift.toFixed(4), value: shift, most: 0.01 });
}

/** Runs in the page. */
const watchShifts = `
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.layoutShift += value;
  }).observe({ type: 'layout-shift' });`;

/** Runs in the page: opens another page, and watches its frames until nothing has changed for a while. */
const visitPage = (name: (typeof pages)[number]) => `
  new Promise((resolve, reject) => {
    const link = [...document.querySelectorAll('nav[aria-label="Pages"] a')].find((a) => a.textContent.trim().startsWith('${name}'));
    window.layoutShift = 0;
    const started = performance.now();
    let drawnMs = 0;
    let filledMs = 0;
    const frame = () => {
      const now = performance.now() - started;
      const drawn = document.querySelector('main h1')?.textContent === '${name}';
      const reading = document.querySelector('main .animate-breathe, main [aria-busy="true"]') !== null;
      // A frame is on the screen when the next one begins.
      if (drawn && drawnMs === 0) drawnMs = now;
      if (!drawn || reading) filledMs = 0;
      else if (filledMs === 0) filledMs = now;
      if (filledMs > 0 && now > filledMs + 400) resolve({ drawnMs, filledMs, shift: window.layoutShift });
      else if (now > 20000) reject(new Error('${name} did not come to rest.'));
      else requestAnimationFrame(frame);
    };
    link.click();
    requestAnimationFrame(() => requestAnimationFrame(frame));
  })`;
