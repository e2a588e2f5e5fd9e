import { X } from 'lucide-react';
import type { ErrorReport } from '../../../contract/app-error';
import type { RefreshLogEntry, RefreshRequest } from '../../../contract/warehouse';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { useFormats } from '../format/use-formats';
import { describeRefresh } from './describe-refresh';
import { RefreshReport } from './refresh-report';

/** The summary and report of a successful refresh. */
export function RefreshedCard({ entry, onDismiss }: { entry: RefreshLogEntry; onDismiss: () => void }) {
  const formats = useFormats();
  const elapsed = formats.duration(Date.parse(entry.finishedAt) - Date.parse(entry.startedAt));
  return (
    <Card
      title={`Refreshed in ${elapsed}`}
      note={describeRefresh(entry, formats)}
      actions={<Button look="quiet" icon={X} aria-label="Dismiss" className="-mr-1.5" onClick={onDismiss} />}
    >
      <RefreshReport entry={entry} />
    </Card>
  );
}

/** A refresh that failed or was cancelled, with possible remedies. */
export function RefreshFailure({
  error,
  onRefresh,
  onDismiss,
}: {
  error: ErrorReport;
  onRefresh: (request?: Partial<RefreshRequest>) => void;
  onDismiss: () => void;
}) {
  if (error.code === 'CANCELLED') {
    return (
      <Notice tone="info" action={<Button look="quiet" icon={X} aria-label="Dismiss" onClick={onDismiss} />}>
        The refresh was cancelled. The warehouse is unchanged.
      </Notice>
    );
  }
  if (error.code === 'PARQUET_DAMAGED') {
    return (
      <ErrorNotice error={error} onRetry={() => onRefresh()} onDismiss={onDismiss}>
        <Button onClick={() => onRefresh({ skipDamaged: true })}>Refresh without it</Button>
      </ErrorNotice>
    );
  }
  const onRetry = error.code === 'NO_EVENTS' ? undefined : () => onRefresh();
  return <ErrorNotice error={error} onRetry={onRetry} onDismiss={onDismiss} />;
}
