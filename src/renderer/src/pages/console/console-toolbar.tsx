import {
  AlignLeft,
  CircleStop,
  Ellipsis,
  FastForward,
  MessageSquareCode,
  Pencil,
  Play,
  Save,
  Search,
} from 'lucide-react';
import { Switch } from 'radix-ui';
import { useEffect, useState } from 'react';
import { partKeys } from '../../../../contract/actions';
import { useStore } from '../../client/store';
import { useCluster } from '../../cluster/use-cluster';
import { usePageActions } from '../../navigation/page-actions';
import { isPressed, keyText, withKeys } from '../../navigation/shortcut';
import { Button } from '../../components/button';
import { Menu, MenuItem, MenuLine } from '../../components/overlays/menu';
import { classNames } from '../../components/class-names';
import { formatSql } from '../../components/sql-editor/format-sql';
import { useQueryState } from '../../results/session/use-result';
import { consoleActionsOf } from './console-actions';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';
import { SaveQueryDialog } from './save-query-dialog';

/** Actions on the selected tab. */
export function ConsoleToolbar({ tabs, tab }: { tabs: ConsoleTabs; tab: ConsoleTab }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const format = async () => {
    try {
      tab.replaceText(await formatSql(tab.getSnapshot().text, tab.getSnapshot().on));
      setProblem(null);
    } catch {
      setProblem('Can’t format: the formatter doesn’t support all of this SQL and would change its meaning.');
    }
  };
  const save = () => {
    const { query } = tab.getSnapshot();
    if (query === null) setSaving(true);
    else void tabs.queries.save(tab, query).catch(() => setSaving(true));
  };
  useSaveKey(save);
  const running = useStore(tab).running !== null;
  // The palette lists the other tabs.
  useStore(tabs);
  const hasCluster = useCluster() !== null;
  usePageActions(consoleActionsOf({ tabs, tab, save, format: () => void format(), hasCluster }));
  return (
    <div className="flex flex-wrap items-center justify-end gap-1.5">
      {problem !== null && (
        <p role="status" className="max-w-56 truncate text-small text-warn" title={problem}>
          {problem}
        </p>
      )}
      <div className="hidden narrow:block">
        <MoreMenu tab={tab} save={save} format={() => void format()} />
      </div>
      <div className="flex items-center gap-1.5 narrow:hidden">
        <ChangesSwitch tab={tab} />
        <Button
          look="quiet"
          icon={Search}
          aria-label="Find"
          {...withKeys(partKeys.find)}
          onClick={() => tab.editor?.find()}
        />
        <Button
          look="quiet"
          icon={MessageSquareCode}
          aria-label="Comment"
          {...withKeys(partKeys.comment)}
          onClick={() => tab.editor?.toggleComment()}
        />
        <Button look="quiet" icon={AlignLeft} aria-label="Format" title="Format SQL" onClick={() => void format()} />
        <Button look="quiet" icon={Save} aria-label="Save" {...withKeys(partKeys['save-query'])} onClick={save} />
      </div>
      <CancelButton tab={tab} />
      <Button icon={FastForward} disabled={running} onClick={() => tab.runAll()} {...withKeys(partKeys['run-all'])}>
        Run all
      </Button>
      <Button
        look="primary"
        icon={Play}
        disabled={running}
        onClick={() => tab.runAtCursor()}
        {...withKeys(partKeys.run)}
      >
        Run
      </Button>
      {saving && <SaveQueryDialog tabs={tabs} tab={tab} onClose={() => setSaving(false)} />}
    </div>
  );
}

/** The same commands where there is no space for their buttons. */
function MoreMenu({ tab, save, format }: { tab: ConsoleTab; save: () => void; format: () => void }) {
  const { allowChanges, on } = useStore(tab);
  return (
    <Menu
      label="More commands"
      align="end"
      trigger={
        <Button
          look="quiet"
          icon={allowChanges ? Pencil : Ellipsis}
          aria-label={allowChanges ? 'More commands, changes are allowed' : 'More commands'}
          title="More commands"
          {...(allowChanges && { className: 'text-warn' })}
        />
      }
    >
      {on === 'local' && (
        <>
          <MenuItem checked={allowChanges} onSelect={() => tab.allow(!allowChanges)}>
            Allow changes
          </MenuItem>
          <MenuLine />
        </>
      )}
      <MenuItem icon={Search} hint={keyText(partKeys.find.keys)} onSelect={() => tab.editor?.find()}>
        Find
      </MenuItem>
      <MenuItem
        icon={MessageSquareCode}
        hint={keyText(partKeys.comment.keys)}
        onSelect={() => tab.editor?.toggleComment()}
      >
        Comment
      </MenuItem>
      <MenuItem icon={AlignLeft} onSelect={format}>
        Format
      </MenuItem>
      <MenuItem icon={Save} hint={keyText(partKeys['save-query'].keys)} onSelect={save}>
        Save
      </MenuItem>
    </Menu>
  );
}

/** Always rendered, so that nothing moves. */
function CancelButton({ tab }: { tab: ConsoleTab }) {
  const { status } = useQueryState(useStore(tab).running?.session ?? null);
  return (
    <Button icon={CircleStop} disabled={status !== 'running'} onClick={() => tab.cancel()}>
      Cancel
    </Button>
  );
}

function ChangesSwitch({ tab }: { tab: ConsoleTab }) {
  const { allowChanges, on } = useStore(tab);
  if (on === 'cluster') return null;
  return (
    <label
      className={classNames(
        'mr-1 flex h-7 items-center gap-2 rounded-medium border px-2 text-small font-medium',
        allowChanges ? 'border-warn bg-warn-soft text-warn' : 'border-transparent text-ink-soft',
      )}
      title="Lets this tab write to the warehouse and exports/, but never to data/events."
    >
      <Switch.Root
        checked={allowChanges}
        onCheckedChange={(checked) => tab.allow(checked)}
        aria-label="Allow changes"
        className="h-4 w-7 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-warn"
      >
        <Switch.Thumb className="block size-3 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-3.5" />
      </Switch.Root>
      <span>Allow changes</span>
    </label>
  );
}

function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPressed(partKeys['save-query'].keys, event)) return;
      event.preventDefault();
      save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
