import { useMemo } from 'react';
import type { Model } from '../../../contract/warehouse';
import { inTimeOrder, type Annotation } from '../charts/data/annotations';
import { useRefreshId, useRefreshSummary, useRunHistory } from '../client/queries';
import { useFormats } from '../format/use-formats';
import { changeMarks, factMarks, type Grains } from './annotations';

/** Notes about times of a metric: planted facts, and periods changed by the last refresh. */
export function useAnnotations(
  metric: Model,
  { grain, own }: Grains,
): { marks: readonly Annotation[]; note: string | null } {
  const formats = useFormats();
  const refreshId = useRefreshId() ?? null;
  const changes = useRefreshSummary(refreshId).data?.changes;
  const runs = useRunHistory().data;
  return useMemo(() => {
    const grains = { grain, own };
    const changed = changeMarks(changes ?? [], refreshId ?? 0, metric.name, grains, formats);
    return { marks: inTimeOrder([...factMarks(runs ?? [], grains, formats), ...changed.marks]), note: changed.note };
  }, [changes, runs, metric.name, grain, own, refreshId, formats]);
}
