import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { use, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useAppState, useJobsRunning } from '../client/live-state';
import { useMainAction, useModels } from '../client/queries';
import { classNames } from '../components/class-names';
import { useFormats } from '../format/use-formats';
import { KeyCaps } from '../navigation/key-caps';
import { PageActionsContext } from '../navigation/page-actions';
import { appEntries, placeEntries, searchEntries, workspaceEntries, type PaletteEntry } from './palette-entries';
import type { Actions } from './use-actions';
import { useConsoleEntries } from './use-console-entries';

interface CommandPaletteProps {
  readonly actions: Actions;
  /** Held by the parent: typing may begin while the palette is being loaded. */
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onClose: () => void;
}

/** Searches actions; the arrow keys select one, Enter runs it. */
export default function CommandPalette({ actions, search, onSearch, onClose }: CommandPaletteProps) {
  const formats = useFormats();
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const [opener] = useState(() => document.activeElement);
  const found = searchEntries(useEntries(actions, search), search);
  const chosen = found[Math.min(active, found.length - 1)];

  const run = (entry: PaletteEntry) => {
    if (!entry.run) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && chosen) run(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // Radix would select the text typed so far, and the next key would replace it.
            event.preventDefault();
            input.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus();
          }}
          className="fixed inset-x-0 top-[12vh] z-50 mx-auto flex max-h-[70vh] w-[min(560px,calc(100vw-48px))] animate-appear flex-col overflow-hidden rounded-large bg-surface shadow-floating"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <div className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line px-4">
            <Search size={16} aria-hidden className="text-ink-faint" />
            <input
              ref={input}
              role="combobox"
              aria-label="Search actions"
              aria-expanded
              aria-controls="palette-actions"
              aria-activedescendant={chosen && `palette ${chosen.id}`.replaceAll(' ', '-')}
              placeholder="What do you want to do?"
              value={search}
              onChange={({ target }) => {
                onSearch(target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="h-full flex-1 bg-transparent text-title outline-none placeholder:text-ink-faint"
            />
          </div>
          <ul id="palette-actions" role="listbox" aria-label="Actions" className="min-h-0 overflow-y-auto p-1.5">
            {found.map((entry) => (
              <Option
                key={entry.id}
                entry={entry}
                active={entry === chosen}
                onPoint={() => setActive(found.indexOf(entry))}
                onRun={() => run(entry)}
              />
            ))}
          </ul>
          <p role="status" className={found.length === 0 ? 'px-4 pt-1 pb-5 text-ink-soft' : 'sr-only'}>
            {found.length === 0 ? `No results for “${search}”` : formats.amount(found.length, 'action')}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Actions of the page first, then those available everywhere; places only when searched for. */
function useEntries(actions: Actions, search: string): PaletteEntry[] {
  const sources = use(PageActionsContext);
  const [ofPage] = useState(() => [...sources].flatMap(({ current }) => current));
  const workspace = useAppState().value?.workspace;
  const busy = useJobsRunning();
  const models = useModels().data ?? [];
  const open = useMainAction<string>((client, folder) => client.workspace.open({ folder }));
  const others = (workspace?.recent ?? []).filter((folder) => folder !== workspace?.folder);
  const ofConsole = useConsoleEntries();
  return [
    ...ofPage,
    ...appEntries(actions.runs, actions.whyNot),
    ...ofConsole,
    ...workspaceEntries(others, busy ? null : open.run),
    ...(search.trim() === '' ? [] : placeEntries(search, models)),
  ];
}

interface OptionProps {
  readonly entry: PaletteEntry;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function Option({ entry: { id, title, group, keys, run, whyNot }, active, onPoint, onRun }: OptionProps) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <li
      ref={element}
      id={`palette ${id}`.replaceAll(' ', '-')}
      role="option"
      aria-selected={active}
      aria-disabled={run === null}
      onPointerMove={onPoint}
      onClick={onRun}
      className={classNames('flex h-9 items-center gap-3 rounded-medium px-2.5', active && 'bg-selected')}
    >
      <span className="w-28 shrink-0 truncate text-small text-ink-soft">{group}</span>
      <span className={classNames('min-w-0 flex-1 truncate', run === null && 'text-ink-soft')}>{title}</span>
      {run === null ? (
        <span className="max-w-64 truncate text-small text-ink-soft" title={whyNot}>
          {whyNot}
        </span>
      ) : (
        keys !== undefined && <KeyCaps keys={keys} />
      )}
    </li>
  );
}
