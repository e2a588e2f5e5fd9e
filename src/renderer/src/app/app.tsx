import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import type { Connection } from '../client/connection';
import { ConnectionProvider, useConnection } from '../client/connection-context';
import { LiveStateProvider, useAppState } from '../client/live-state';
import { makeQueryClient } from '../client/queries';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { ConsoleProvider } from '../console/console-context';
import { FormatsProvider } from '../format/use-formats';
import { WelcomePage } from '../pages/welcome/welcome-page';
import { ErrorBoundary } from './error-boundary';
import { SetAsideNotice } from './set-aside-notice';
import { Shell } from './shell';

/** The root of the window. */
export function App({ connection }: { connection: Connection }) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <ErrorBoundary>
      <ConnectionProvider connection={connection}>
        <QueryClientProvider client={queryClient}>
          <LiveStateProvider>
            <ConsoleProvider>
              <ErrorBoundary>
                <WindowContent />
              </ErrorBoundary>
            </ConsoleProvider>
          </LiveStateProvider>
        </QueryClientProvider>
      </ConnectionProvider>
    </ErrorBoundary>
  );
}

function WindowContent() {
  const { status, warehouse } = useConnection();
  const { value: app, error } = useAppState();
  const needsWorkspace = app !== undefined && (app.workspace.folder === null || app.workspace.problem !== null);
  // A port is enough: calls made before its process has started wait in the port.
  const warehouseHears = warehouse !== null || app?.warehouse.status === 'failed';
  useReadySignal(needsWorkspace || (app !== undefined && warehouseHears));

  if (status === 'lost') return <LostConnection />;
  if (error) return <WindowNotice error={error} />;
  // Too short for a loading screen: the state arrives within a frame or two.
  if (!app) return null;
  return (
    <FormatsProvider settings={app.settings}>
      <div className="flex h-full flex-col">
        <SetAsideNotice />
        <div className="min-h-0 flex-1">
          {app.workspace.folder === null || app.workspace.problem ? (
            <WelcomePage workspace={app.workspace} />
          ) : (
            <Shell folder={app.workspace.folder} warehouse={app.warehouse} />
          )}
        </div>
      </div>
    </FormatsProvider>
  );
}

function LostConnection() {
  return (
    <WindowNotice
      error={{
        code: 'WORKER_CRASHED',
        message: 'This window has lost its connection to the rest of the app.',
        action:
          'Reload the window. Nothing is lost: your data is on disk, and running jobs continue without the window.',
      }}
    />
  );
}

function WindowNotice({ error }: { error: ErrorReport }) {
  return (
    <div className="mx-auto max-w-lg p-10">
      <ErrorNotice error={error}>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload window
        </Button>
      </ErrorNotice>
    </div>
  );
}

/** Signals to end-to-end tests and benchmarks whether the window is ready. */
function useReadySignal(ready: boolean): void {
  useEffect(() => {
    document.documentElement.dataset.ready = String(ready);
  }, [ready]);
}
