import { createContext, lazy, Suspense, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { actionIds, actionOf, type ActionId } from '../../../contract/actions';
import type { Command } from '../../../contract/rpc/main-contract';
import type { MainClient } from '../client/connection';
import { useConnection } from '../client/connection-context';
import { useWatch } from '../client/use-watch';
import { useHeldKeys } from '../navigation/held-keys';
import { PageActionsContext, type PageActionSources } from '../navigation/page-actions';
import { isPressed } from '../navigation/shortcut';
import { useToast } from '../notifications/toast-context';
import { useActions, type Overlay } from './use-actions';

const CommandPalette = lazy(() => import('./command-palette'));
const ShortcutSheet = lazy(() => import('./shortcut-sheet'));
const SettingsDialog = lazy(() => import('./settings-dialog'));
const FailedAction = lazy(() => import('./failed-action'));

const ShowOverlayContext = createContext<(overlay: Overlay) => void>(() => undefined);

/** Opens the palette, the shortcut sheet or the settings. */
export const useShowOverlay = () => use(ShowOverlayContext);

/**
 * The last menu click that was handled, kept for the lifetime of the page: opening another workspace must neither
 * repeat it nor lose a new one.
 */
let answered = 0;

const watchCommands = (client: MainClient, signal: AbortSignal) => client.app.commands(undefined, { signal });

/** Runs actions from any page: by shortcut, native menu or palette. */
export function Overlays({ children }: { children: ReactNode }) {
  const [overlay, show] = useState<Overlay | null>(null);
  const toast = useToast();
  const [sources] = useState<PageActionSources>(() => new Set());
  const actions = useActions(show);
  const { runs, whyNot, error, dismiss } = actions;
  const [search, setSearch] = useState('');
  const close = () => {
    show(null);
    setSearch('');
  };
  useHeldKeys(overlay, { onText: setSearch, onGiveUp: close });

  const attempt = (id: ActionId) => {
    const run = runs[id];
    if (run) run();
    else
      toast({
        text: `“${actionOf(id).title.replace('…', '')}” isn’t available right now`,
        note: whyNot(id),
        tone: 'info',
      });
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // A focused part that has handled the key, such as the SQL editor, keeps it.
    if (event.defaultPrevented || event.repeat) return;
    const id = actionIds.find((candidate) => isPressed(actionOf(candidate).keys ?? '', event));
    const plain = !event.ctrlKey && !event.metaKey;
    if (!id || (plain && isTyping(event.target))) return;
    // An open dialog comes first; one of the app's overlays may replace another.
    if (overlay === null && document.querySelector('[role="dialog"]')) return;
    event.preventDefault();
    close();
    attempt(id);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  const command = useWatch(useConnection().main, watchCommands).value;
  const onCommand = useEffectEvent((asked: Command | undefined) => {
    if (!asked || asked.serial <= answered) return;
    answered = asked.serial;
    attempt(asked.action);
  });
  useEffect(() => onCommand(command), [command]);

  return (
    <ShowOverlayContext value={show}>
      <PageActionsContext value={sources}>
        {children}
        <Suspense>
          {overlay === 'palette' && (
            <CommandPalette actions={actions} search={search} onSearch={setSearch} onClose={close} />
          )}
          {overlay === 'shortcuts' && <ShortcutSheet onClose={close} />}
          {overlay === 'settings' && <SettingsDialog onClose={close} />}
          {error && <FailedAction error={error} onClose={dismiss} />}
        </Suspense>
      </PageActionsContext>
    </ShowOverlayContext>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
