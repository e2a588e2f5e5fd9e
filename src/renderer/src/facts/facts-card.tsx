import type { FactResult } from '../../../contract/facts/facts';
import { useRefreshId, useRefreshSummary } from '../client/queries';
import { Card } from '../components/card';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { factKey, useAnswers } from './answers';
import { FactList } from './fact-list';

/** The planted facts as the last refresh has found them; renders nothing if there are none. */
export function FactsCard() {
  const formats = useFormats();
  const { isShown } = useAnswers();
  const facts = useRefreshSummary(useRefreshId() ?? null).data?.facts ?? [];
  if (facts.length === 0) return null;
  // A count of verdicts would tell what is hidden.
  const isTold = facts.every((fact) => isShown(factKey({ ...fact, text: fact.fact })));
  return (
    <Card title="Planted facts" note={isTold ? factsNote(facts, formats) : 'Answers are hidden.'}>
      <div className="py-1.5">
        <FactList facts={facts} />
      </div>
    </Card>
  );
}

/** How many facts the warehouse shows: `The warehouse shows 2 of 3.` */
export function factsNote(facts: readonly FactResult[], formats: Formats): string {
  const planted = facts.filter(({ verdict }) => verdict !== 'detected');
  const found = planted.filter(({ verdict }) => verdict === 'found').length;
  const detected = facts.length - planted.length;
  const parts = [
    ...(planted.length > 0
      ? [`The last refresh found ${formats.count(found)} of ${formats.count(planted.length)}`]
      : []),
    ...(detected > 0 ? [`${formats.count(detected)} detected that nobody planted`] : []),
  ];
  return `${parts.join('; ')}.`;
}
