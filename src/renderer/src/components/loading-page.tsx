import { Page } from './page';
import { Skeleton } from './skeleton';

/** A page whose code or process is still on its way. */
export function LoadingPage({ title }: { title: string }) {
  return (
    <Page title={title} fill>
      <div aria-busy="true" aria-label={`Loading ${title}`} role="status" className="flex flex-1 flex-col gap-4">
        <Skeleton className="h-20 w-full rounded-large" />
        <Skeleton className="min-h-0 w-full flex-1 rounded-large" />
      </div>
    </Page>
  );
}
