import { History, Pencil, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { partKeys } from '../../../../contract/actions';
import { useStore } from '../../client/store';
import { withKeys } from '../../navigation/shortcut';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';

/** The console's tabs: select, rename, move, close and reopen. */
export function TabStrip({ tabs }: { tabs: ConsoleTabs }) {
  const [renamed, setRenamed] = useState<ConsoleTab | null>(null);
  const [dragged, setDragged] = useState<ConsoleTab | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const { all, active, closed } = useStore(tabs);
  const place = active ? all.indexOf(active) : -1;
  useActiveInSight(strip, active?.id ?? null, place);
  return (
    <div className="flex shrink-0 items-center border-b border-line bg-sunken pr-1">
      {/* A tablist may contain nothing but tabs, and each tab has a button next to it: so tabs are linked by `aria-owns`. */}
      <div role="tablist" aria-label="Tabs" aria-owns={all.map(({ id }) => `tab-${id}`).join(' ')} />
      <div
        ref={strip}
        data-tabs
        className="without-scrollbar flex min-w-0 flex-1 overflow-x-auto"
        onWheel={(event) => {
          // There is no scroll bar: the mouse wheel scrolls the tabs.
          if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
        }}
      >
        {all.map((tab, index) =>
          tab === renamed ? (
            <NameInput
              key={tab.id}
              title={tab.getSnapshot().title}
              onDone={(name) => {
                if (name !== null) tabs.rename(tab, name);
                setRenamed(null);
              }}
            />
          ) : (
            <StripTab
              key={tab.id}
              tab={tab}
              tabs={tabs}
              active={tab === active}
              onRename={() => setRenamed(tab)}
              onDragStart={() => setDragged(tab)}
              onDrop={() => {
                if (dragged) tabs.move(dragged, index);
                setDragged(null);
              }}
            />
          ),
        )}
      </div>
      <Button
        look="quiet"
        icon={Plus}
        aria-label="New tab"
        {...withKeys(partKeys['new-tab'])}
        onClick={() => tabs.add()}
      />
      <Button
        look="quiet"
        icon={History}
        aria-label="Reopen closed tab"
        {...withKeys(partKeys['reopen-tab'])}
        disabled={closed.length === 0}
        onClick={() => tabs.reopen()}
      />
    </div>
  );
}

/** Scrolls to the active tab when another is, when it is moved, and when the strip gets narrower. */
function useActiveInSight(strip: RefObject<HTMLElement | null>, activeId: string | null, place: number): void {
  useEffect(() => {
    const { current } = strip;
    if (!current || activeId === null) return;
    const show = () => current.children[place]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    show();
    const observer = new ResizeObserver(show);
    observer.observe(current);
    return () => observer.disconnect();
  }, [strip, activeId, place]);
}

interface StripTabProps {
  readonly tab: ConsoleTab;
  readonly tabs: ConsoleTabs;
  readonly active: boolean;
  readonly onRename: () => void;
  readonly onDragStart: () => void;
  readonly onDrop: () => void;
}

function StripTab({ tab, tabs, active, onRename, onDragStart, onDrop }: StripTabProps) {
  const { allowChanges, on, title, unsaved, running } = useStore(tab);
  return (
    <div
      draggable
      onDragStart={onDragStart}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onAuxClick={(event) => event.button === 1 && tabs.close(tab)}
      className={classNames(
        'group flex h-9 max-w-52 min-w-28 shrink-0 items-center border-r border-line pr-1',
        active ? 'bg-surface' : 'hover:bg-hover',
        on === 'cluster' && 'shadow-[inset_0_2px_0_var(--cluster)]',
      )}
    >
      <button
        type="button"
        role="tab"
        id={`tab-${tab.id}`}
        aria-selected={active}
        aria-controls={`tab-panel-${tab.id}`}
        tabIndex={active ? 0 : -1}
        title="Double-click or F2 to rename, Alt+Shift+Arrow to move"
        onClick={() => tabs.show(tab)}
        onDoubleClick={onRename}
        onKeyDown={(event) => onTabKey(event, tab, tabs, onRename)}
        className={classNames(
          'flex h-full min-w-0 flex-1 items-center gap-1.5 pl-3 text-left outline-offset-[-2px]',
          active ? 'font-medium text-ink' : 'text-ink-soft',
        )}
      >
        {allowChanges && <Pencil size={12} aria-label="Changes allowed" className="shrink-0 text-warn" />}
        {on === 'cluster' && (
          <span className="shrink-0 rounded-small bg-cluster-soft px-1 text-micro font-medium text-cluster">
            Cluster
          </span>
        )}
        <span className="truncate">{title}</span>
        {unsaved && <span aria-label="not saved">•</span>}
        {running && <span aria-label="running" className="size-1.5 shrink-0 animate-breathe rounded-full bg-accent" />}
      </button>
      <button
        type="button"
        aria-label={`Close ${title}`}
        onClick={() => tabs.close(tab)}
        className="grid size-5 shrink-0 place-items-center rounded-small text-ink-faint opacity-70 hover:bg-hover hover:text-ink hover:opacity-100"
      >
        <X size={12} aria-hidden />
      </button>
    </div>
  );
}

function onTabKey(event: KeyboardEvent, tab: ConsoleTab, tabs: ConsoleTabs, onRename: () => void): void {
  const { all } = tabs.getSnapshot();
  const index = all.indexOf(tab);
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (step !== 0 && event.altKey && event.shiftKey) tabs.move(tab, index + step);
  else if (step !== 0) {
    const next = all[(index + step + all.length) % all.length];
    if (next) tabs.show(next);
    const list = event.currentTarget.closest('[data-tabs]');
    requestAnimationFrame(() => list?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
  } else if (event.key === 'F2') onRename();
  else if (event.key === 'Delete') tabs.close(tab);
  else return;
  event.preventDefault();
}

/** Enter or blur keeps the name, Escape does not. */
function NameInput({ title, onDone }: { title: string; onDone: (name: string | null) => void }) {
  const [name, setName] = useState(title);
  return (
    <input
      aria-label="Tab name"
      value={name}
      // The user has just opened this input.
      ref={(input) => input?.focus()}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') onDone(null);
      }}
      className="h-9 w-40 shrink-0 border-r border-line bg-surface px-3 outline-offset-[-2px]"
    />
  );
}
