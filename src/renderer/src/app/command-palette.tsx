import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useAppState, useJobsRunning } from '../client/live-state';
import { useMainAction } from '../client/queries';
import { classNames } from '../components/class-names';
import { KeyCaps } from './key-caps';
import { paletteEntries, searchEntries, type PaletteEntry } from './palette-entries';
import type { ActionRuns } from './use-actions';

/** Search for what to do, choose it with the arrow keys, Enter does it. */
export default function CommandPalette({ runs, onClose }: { runs: ActionRuns; onClose: () => void }) {
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const [opener] = useState(() => document.activeElement);
  const found = searchEntries(useEntries(runs), search);
  const chosen = found[Math.min(active, found.length - 1)];

  const run = (entry: PaletteEntry) => {
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
              role="combobox"
              aria-label="Search actions"
              aria-expanded
              aria-controls="palette-actions"
              aria-activedescendant={chosen && `palette ${chosen.id}`.replaceAll(' ', '-')}
              placeholder="What do you want to do?"
              value={search}
              onChange={({ target }) => {
                setSearch(target.value);
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
            {found.length === 0 ? `Nothing is called “${search}”.` : `${found.length} actions`}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useEntries(runs: ActionRuns): PaletteEntry[] {
  const workspace = useAppState().value?.workspace;
  const busy = useJobsRunning();
  const open = useMainAction<string>((client, folder) => client.workspace.open({ folder }));
  const others = busy ? [] : (workspace?.recent ?? []).filter((folder) => folder !== workspace?.folder);
  return paletteEntries(runs, others, open.run);
}

interface OptionProps {
  readonly entry: PaletteEntry;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function Option({ entry: { id, title, group, keys }, active, onPoint, onRun }: OptionProps) {
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
      onPointerMove={onPoint}
      onClick={onRun}
      className={classNames('flex h-9 items-center gap-3 rounded-medium px-2.5', active && 'bg-selected')}
    >
      <span className="w-28 shrink-0 text-small text-ink-soft">{group}</span>
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {keys !== undefined && <KeyCaps keys={keys} />}
    </li>
  );
}
