import { Page } from './page';
import { SkeletonCard } from './skeleton';

/** A page while its code or process is loading. */
export function LoadingPage({ title }: { title: string }) {
  return (
    <Page title={title} fill>
      <div aria-busy="true" aria-label={`Loading ${title}`} role="status" className="flex flex-1 flex-col gap-4">
        <SkeletonCard className="h-20" />
        <SkeletonCard className="flex-1" />
      </div>
    </Page>
  );
}
