import { useMemo } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { useRefreshId, useRefreshSummary, useRunHistory } from '../../client/queries';
import { together, type Annotation } from '../../charts/data/transform';
import { changeMarks, factMarks, type Grains } from './annotations';
import { useFormats } from '../../format/use-formats';

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
    return { marks: together([...factMarks(runs ?? [], grains, formats), ...changed.marks]), note: changed.note };
  }, [changes, runs, metric.name, grain, own, refreshId, formats]);
}
