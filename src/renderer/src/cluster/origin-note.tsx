import { Server } from 'lucide-react';
import type { ClusterOrigin } from '../../../contract/warehouse';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { useNow, wallClock } from '../format/use-now';
import { hostOf } from './use-cluster';

const minute = 60_000;

/** Of which refresh on which cluster the tables are, and how old: `Refresh 12 on trino.example.com, 3 hours ago`. */
export function OriginNote({ origin }: { origin: ClusterOrigin }) {
  const formats = useFormats();
  const now = useNow(wallClock, minute);
  const { server, finishedAt } = origin;
  return (
    <span
      title={describeOrigin(origin, formats)}
      className="inline-flex min-w-0 items-center gap-1 text-small whitespace-nowrap text-ink-soft"
    >
      <Server size={12} aria-hidden className="shrink-0" />
      <span className="truncate">
        {`${nameOf(origin)} on ${hostOf(server)}${finishedAt === null ? '' : `, ${formats.ago(finishedAt, now)}`}`}
      </span>
    </span>
  );
}

/** The same with the schema of the results and the time. */
export function describeOrigin(origin: ClusterOrigin, formats: Formats): string {
  const { server, catalog, schema, finishedAt } = origin;
  const ended = finishedAt === null ? '' : `, ${formats.instant(finishedAt)}`;
  return `${nameOf(origin)} on ${server}, ${catalog}.${schema}${ended}`;
}

function nameOf({ refreshId }: ClusterOrigin): string {
  return refreshId === null ? 'A refresh' : `Refresh ${refreshId}`;
}
