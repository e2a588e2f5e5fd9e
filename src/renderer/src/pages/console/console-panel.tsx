import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { z } from 'zod';
import type { SavedQuery } from '../../../../contract/console';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import type { Watched } from '../../client/use-watch';
import { Button } from '../../components/button';
import { Tabs } from '../../components/tabs';
import { surface } from '../../components/surface';
import { useNarrow } from '../../components/use-narrow';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';
import { ExampleList } from './example-list';
import { HistoryList } from './history-list';
import { QueryList } from './query-list';
import { SchemaTree } from './schema/schema-tree';
import { useFollowChanges } from './schema/use-schema';

/** Narrower windows start without the panel, to leave space for the editor. */
const roomyWidth = 1_100;

/** Null until the user has opened or closed it. */
const keptOpen = new StoredState<boolean | null>(null, 'console panel', z.boolean().nullable());
const keptTab = new StoredState('schema', 'console panel tab', z.string());

interface ConsolePanelProps {
  readonly tabs: ConsoleTabs;
  /** The selected tab. */
  readonly active: ConsoleTab;
  readonly queries: Watched<SavedQuery[]>;
}

/** The panel next to the editor: schema, saved queries, examples, and history. */
export function ConsolePanel({ tabs, active, queries }: ConsolePanelProps) {
  const owner = useWorkspaceOwner();
  const element = useRef<HTMLElement>(null);
  const { open, setOpen, floats } = useOpen(owner);
  const hide = () => {
    setOpen(false);
    // Its button is gone, and with it the focus.
    active.editor?.focus();
  };
  useCloseWhenLeft(element, floats && open, hide);
  const [tab, setTab] = useKept(keptTab, owner);
  useFollowChanges(tabs);
  if (!open) {
    return (
      <div data-region="side" className="-ml-3 self-start">
        <Button
          look="quiet"
          icon={PanelLeftOpen}
          aria-label="Show schema, queries and history"
          title="Show schema, queries and history"
          onClick={() => {
            setOpen(true);
            // After the panel is drawn: its button is gone, and with it the focus.
            requestAnimationFrame(() =>
              element.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(),
            );
          }}
        />
      </div>
    );
  }
  return (
    <aside
      ref={element}
      aria-label="Schema, queries and history"
      data-region="side"
      className={`flex w-76 shrink-0 flex-col overflow-hidden narrow:absolute narrow:inset-y-0 narrow:left-0 narrow:z-30 narrow:shadow-floating ${surface}`}
    >
      <div className="relative flex min-h-0 flex-1 flex-col">
        <Tabs
          label="Schema, queries and history"
          initial={tab}
          onChange={setTab}
          dense
          tabs={[
            { id: 'schema', title: 'Schema', content: <SchemaTree tabs={tabs} tab={active} /> },
            { id: 'saved', title: 'Saved', content: <QueryList tabs={tabs} queries={queries} /> },
            { id: 'examples', title: 'Examples', content: <ExampleList tabs={tabs} /> },
            { id: 'history', title: 'History', content: <HistoryList tabs={tabs} /> },
          ]}
        />
        <Button
          look="quiet"
          icon={PanelLeftClose}
          aria-label="Hide schema, queries and history"
          onClick={hide}
          className="absolute top-1 right-1"
        />
      </div>
    </aside>
  );
}

/**
 * Whether the panel is open. In a narrow window it floats over the editor, which would have no space left beside it:
 * there it is open only from when the user opens it until the focus goes back to the editor, and the user's choice for
 * wide windows is kept.
 */
function useOpen(owner: object) {
  const floats = useNarrow();
  const [kept, setKept] = useKept(keptOpen, owner);
  const [floating, setFloating] = useState(false);
  if (!floats && floating) setFloating(false);
  return floats
    ? { floats, open: floating, setOpen: setFloating }
    : { floats, open: kept ?? window.innerWidth >= roomyWidth, setOpen: setKept };
}

/**
 * Closes a floating panel on Escape, and once the focus is in what it covers: editor or result. The panel's own menus are
 * outside of its element.
 */
function useCloseWhenLeft(element: RefObject<HTMLElement | null>, floating: boolean, close: () => void): void {
  const onFocus = useEffectEvent(({ target }: FocusEvent) => {
    if (target instanceof Element && target.closest('[data-region=editor], [data-region=result]')) close();
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const within = event.target instanceof Node && element.current?.contains(event.target);
    if (within && event.key === 'Escape' && !event.defaultPrevented) close();
  });
  useEffect(() => {
    if (!floating) return;
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKey);
    };
  }, [floating]);
}
