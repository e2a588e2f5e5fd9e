import { useMemo } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { useRefreshId, useRefreshSummary } from '../../client/queries';
import { startOf, type Annotation, type Grain } from '../../components/chart/transform';

/** More than these, and marks hide the line: one sentence says it then. */
const mostMarks = 12;

/** What is known about times of a metric: periods that the last refresh has changed. */
export function useAnnotations(
  metric: Model,
  grain: Grain | null,
): { marks: readonly Annotation[]; note: string | null } {
  const refreshId = useRefreshId() ?? null;
  const summary = useRefreshSummary(refreshId).data;
  return useMemo(() => {
    const changes = (summary?.changes ?? []).filter(({ model, period }) => model === metric.name && period !== null);
    const texts = new Map<number, string>();
    for (const { period, kind } of changes) {
      const time = Date.parse(period ?? '');
      const at = grain === null ? time : startOf(time, grain);
      texts.set(at, `Refresh ${refreshId ?? ''} ${kind} ${period ?? ''}`);
    }
    if (texts.size > mostMarks)
      return { marks: [], note: `Refresh ${refreshId ?? ''} changed ${texts.size} of these periods.` };
    return { marks: [...texts].map(([time, text]) => ({ time, text })), note: null };
  }, [summary, metric.name, grain, refreshId]);
}
