import { Skeleton, SkeletonRows } from '../../components/skeleton';

/** Typical number of models per layer. */
const usualModels = { bronze: 1, silver: 3, gold: 9 } as const;

/** A placeholder of the lineage: its layers from left to right. */
export function LineageSkeleton() {
  return (
    <div aria-hidden className="flex h-full items-start justify-between gap-12 overflow-hidden bg-sunken px-4 pt-8">
      {Object.entries(usualModels).map(([layer, models]) => (
        <div key={layer} className="flex min-w-0 flex-1 flex-col gap-2">
          <Skeleton className="mb-1 h-3 w-32" />
          <div className={models > 5 ? 'grid grid-cols-2 gap-2' : 'flex flex-col gap-2'}>
            {Array.from({ length: models }, (_, model) => (
              <Skeleton key={model} className="h-10" />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** A placeholder of the selected model: name, description, tabs. */
export function DetailSkeleton() {
  return (
    <div aria-hidden className="flex h-full flex-col overflow-hidden">
      <div className="flex shrink-0 flex-col gap-3 border-b border-line px-4 pt-4 pb-3">
        <Skeleton className="h-3.5 w-48" />
        <Skeleton className="h-3 w-96" />
        <Skeleton className="h-3 w-3/5" />
        <Skeleton className="mt-2 h-3 w-64" />
      </div>
      <SkeletonRows rows={20} />
    </div>
  );
}
