import { Suspense, useEffect } from 'react';
import type { WarehouseStatus } from '../../../contract/workspace';
import { useMainAction } from '../client/queries';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { LoadingPage } from '../components/loading-page';
import { Page } from '../components/page';
import { GenerateProvider } from '../generate/generate-context';
import { remember } from '../client/remembered';
import { DismissedNewsProvider } from '../notifications/dismissed-news';
import { FailingRowsProvider } from '../refresh/failing-rows-context';
import { Overlays } from '../palette/overlays';
import { ErrorBoundary } from './error-boundary';
import { findPage, pages, type PageEntry } from './pages';
import { useRoute } from '../navigation/route';
import { Sidebar } from './sidebar';
import { ToastProvider } from '../notifications/toast-context';
import { useRefreshNews } from './use-refresh-news';
import { WorkspaceNotices } from './workspace-notices';

interface ShellProps {
  readonly folder: string;
  readonly warehouse: WarehouseStatus;
}

/** The frame around a workspace: sidebar and page. */
export function Shell({ folder, warehouse }: ShellProps) {
  const { id, title, Component } = findPage(useRoute().page);
  usePrefetchedPages();
  useEffect(() => remember('page', id), [id]);
  return (
    <ToastProvider>
      <DismissedNewsProvider key={folder}>
        <GenerateProvider>
          <FailingRowsProvider>
            <Overlays>
              <RefreshNews page={id} />
              <div className="flex h-full">
                <Sidebar folder={folder} currentPage={id} />
                <main className="flex min-w-0 flex-1 flex-col bg-canvas">
                  <WorkspaceNotices />
                  <div className="min-h-0 flex-1">
                    {warehouse.status === 'failed' ? (
                      <WarehouseFailure title={title} status={warehouse} />
                    ) : (
                      <ErrorBoundary key={`${folder} ${id}`}>
                        <Suspense fallback={<LoadingPage title={title} />}>
                          <Component />
                        </Suspense>
                      </ErrorBoundary>
                    )}
                  </div>
                </main>
              </div>
            </Overlays>
          </FailingRowsProvider>
        </GenerateProvider>
      </DismissedNewsProvider>
    </ToastProvider>
  );
}

function RefreshNews({ page }: { page: string }) {
  useRefreshNews(page);
  return null;
}

/** The pages show errors of the warehouse process; after repeated crashes each offers to restart it. */
function WarehouseFailure({
  title,
  status,
}: {
  title: string;
  status: Extract<WarehouseStatus, { status: 'failed' }>;
}) {
  const restart = useMainAction((client) => client.workspace.restartWarehouse());
  return (
    <Page title={title}>
      <ErrorNotice error={restart.error ?? status.problem}>
        <Button look="primary" busy={restart.pending} onClick={() => restart.run()}>
          Restart the warehouse
        </Button>
      </ErrorNotice>
    </Page>
  );
}

/** Loads the code of the other pages, one after the other, while the window is idle. */
function usePrefetchedPages(): void {
  useEffect(() => {
    let handle = 0;
    const prefetch = ([page, ...others]: readonly PageEntry[]) => {
      if (!page) return;
      handle = requestIdleCallback(() => {
        void page.prefetch().finally(() => prefetch(others));
      });
    };
    prefetch(pages);
    return () => cancelIdleCallback(handle);
  }, []);
}
