import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { z } from 'zod';
import type { SavedQuery } from '../../../../contract/console';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import type { Watched } from '../../client/use-watch';
import { Button } from '../../components/button';
import { Tabs } from '../../components/tabs';
import { surface } from '../../components/surface';
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
  const [open, setOpen] = useKept(keptOpen, owner);
  const [tab, setTab] = useKept(keptTab, owner);
  useFollowChanges(tabs);
  if (!(open ?? window.innerWidth >= roomyWidth)) {
    return (
      <div data-region="side" className="-ml-3 self-start">
        <Button
          look="quiet"
          icon={PanelLeftOpen}
          aria-label="Show schema, queries and history"
          title="Show schema, queries and history"
          onClick={() => setOpen(true)}
        />
      </div>
    );
  }
  return (
    <aside
      aria-label="Schema, queries and history"
      data-region="side"
      // In a narrow window it lies over the editor, which would have no space left.
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
          onClick={() => setOpen(false)}
          className="absolute top-1 right-1"
        />
      </div>
    </aside>
  );
}
