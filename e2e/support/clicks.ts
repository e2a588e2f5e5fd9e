import type { App } from './app';

/**
 * Counts what a user does with the mouse from now on: clicks, right clicks, and double clicks as one each.
 * @returns a function that reads the number
 */
export async function countClicks(app: App): Promise<() => Promise<number>> {
  await app.window.evaluate(() => {
    const { dataset } = document.documentElement;
    const counting = dataset['clicks'] !== undefined;
    dataset['clicks'] = '0';
    if (counting) return;
    const count = (event: MouseEvent) => {
      // The second click of a double click has the detail 2, and a button that is pressed by a key the detail 0.
      if (event.isTrusted && event.detail === 1) dataset['clicks'] = String(Number(dataset['clicks']) + 1);
    };
    window.addEventListener('click', count, { capture: true });
    window.addEventListener('auxclick', count, { capture: true });
  });
  return async () => Number(await app.window.evaluate(() => document.documentElement.dataset['clicks']));
}
