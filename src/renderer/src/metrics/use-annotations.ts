import { useMemo } from 'react';
import type { Model } from '../../../contract/warehouse';
import { inTimeOrder, type Annotation } from '../charts/data/annotations';
import { useRefreshId, useRefreshSummary, useRunHistory } from '../client/queries';
import { factKey, useAnswers } from '../facts/answers';
import { useFormats } from '../format/use-formats';
import { changeMarks, factMarks, type Grains } from './annotations';

/** Notes about times of a metric: planted facts, and periods changed by the last refresh. */
export function useAnnotations(
  metric: Model,
  { grain, own }: Grains,
): { marks: readonly Annotation[]; note: string | null } {
  const formats = useFormats();
  const refreshId = useRefreshId() ?? null;
  const summary = useRefreshSummary(refreshId).data;
  const { isShown } = useAnswers();
  const runs = useRunHistory().data;
  return useMemo(() => {
    const grains = { grain, own };
    const changed = changeMarks(summary?.changes ?? [], refreshId ?? 0, metric.name, grains, formats);
    const facts = {
      runs: runs ?? [],
      results: summary?.facts ?? [],
      isShown: (fact: Parameters<typeof factKey>[0]) => isShown(factKey(fact)),
    };
    return { marks: inTimeOrder([...factMarks(facts, grains, formats), ...changed.marks]), note: changed.note };
  }, [summary, isShown, runs, metric.name, grain, own, refreshId, formats]);
}
