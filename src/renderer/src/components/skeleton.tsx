import { classNames } from './class-names';

/** A placeholder in the size of the content, so that nothing moves when it is loaded. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block animate-breathe rounded-small bg-hover', className)} />;
}

/** A card that is loading. */
export function SkeletonCard({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={classNames('min-h-0 animate-breathe rounded-large border border-line bg-surface', className)}
    />
  );
}

/** Table rows that are loading. */
export function SkeletonRows({ rows, height = 28 }: { rows: number; height?: number }) {
  return (
    <div aria-hidden className="overflow-hidden">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-6 border-b border-line px-3" style={{ height }}>
          <Skeleton className="h-2.5 w-24" />
          <Skeleton className="h-2.5 w-16" />
          <Skeleton className="h-2.5 w-40" />
        </div>
      ))}
    </div>
  );
}
