import { useEffect } from 'react';
import { partKeys } from '../../../../contract/actions';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';
import { isPressed } from '../../navigation/shortcut';

/** The parts of the page, with the elements that may take the focus in each; the first that exists does. */
const regions = [
  { name: '[data-region=side]', targets: '[role=tree], [role=tab][aria-selected=true], button' },
  { name: '[data-region=editor]', targets: '.cm-content' },
  { name: '[data-region=result]', targets: '[role=grid], button, input, [tabindex="0"]' },
] as const;

/** Moves the focus to the next part of the page, or to the one before. */
function goToRegion(step: 1 | -1): void {
  const { activeElement } = document;
  const current = regions.findIndex(({ name }) => activeElement?.closest(name));
  // From anywhere else, the editor comes first.
  const from = current === -1 ? 1 - step : current;
  for (let turn = 1; turn <= regions.length; turn += 1) {
    const region = regions[(from + step * turn + regions.length * 2) % regions.length];
    const part = region && document.querySelector(region.name);
    for (const target of region?.targets.split(', ') ?? []) {
      const element = part?.querySelector(target);
      if (!(element instanceof HTMLElement)) continue;
      element.focus();
      if (document.activeElement === element) return;
    }
  }
}

/** Whoever opens the page or a tab wants to write; but keys that walk along the tabs go on there. */
export function useEditorFocus(tab: ConsoleTab): void {
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement?.closest('[role=dialog]') || activeElement?.matches('[role=tab]:focus-visible')) return;
    tab.editor?.focus();
  }, [tab]);
}

/** Shortcuts that work anywhere on this page. */
export function useShortcuts(tabs: ConsoleTabs): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { active } = tabs.getSnapshot();
      if (isPressed(partKeys['new-tab'].keys, event)) tabs.add();
      else if (isPressed(partKeys['reopen-tab'].keys, event)) tabs.reopen();
      else if (isPressed(partKeys['next-tab'].keys, event)) tabs.step(1);
      else if (isPressed(partKeys['previous-tab'].keys, event)) tabs.step(-1);
      else if (isPressed(partKeys['close-tab'].keys, event) && active) tabs.close(active);
      else if (isPressed(partKeys.regions.keys, event)) goToRegion(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Runs before editor and grid, which would use the key to scroll.
    window.addEventListener('keydown', onKey, { capture: true });
    // Runs after the editor, which closes its completion first. A dialog handles its own keys.
    const onRunKey = (event: KeyboardEvent) => {
      const { active } = tabs.getSnapshot();
      if (event.defaultPrevented || !active || document.querySelector('[role="dialog"]')) return;
      if (isPressed(partKeys.run.keys, event)) active.runAtCursor();
      else if (isPressed(partKeys['run-all'].keys, event)) active.runAll();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onRunKey);
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('keydown', onRunKey);
    };
  }, [tabs]);
}
