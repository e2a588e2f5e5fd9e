import { ChartArea, CircleCheck, CircleDashed, CircleHelp, Radar, type LucideIcon } from 'lucide-react';
import { addDays } from '../../../contract/calendar';
import { metricOfKind, type FactResult } from '../../../contract/facts/facts';
import { useWorkspaceOwner } from '../client/kept-state';
import { classNames } from '../components/class-names';
import { UnbrokenDates } from '../components/unbroken-dates';
import { ShowSqlButton } from '../console/show-sql-button';
import { useFormats } from '../format/use-formats';
import { hrefTo } from '../navigation/route';
import { factKey, useAnswers } from './answers';
import { HiddenFact } from './hidden-fact';

const verdicts: Record<FactResult['verdict'], { icon: LucideIcon; look: string; word: string }> = {
  found: { icon: CircleCheck, look: 'text-good', word: 'Found' },
  'not found': { icon: CircleHelp, look: 'text-warn', word: 'Not found' },
  hidden: { icon: CircleDashed, look: 'text-ink-soft', word: 'Hidden' },
  detected: { icon: Radar, look: 'text-accent-ink', word: 'Detected' },
};

/** Planted facts as a refresh has found them, and detected ones, each with the SQL that measured it. */
export function FactList({ facts }: { facts: readonly FactResult[] }) {
  const { isShown, reveal } = useAnswers();
  return (
    <ul aria-label="Planted facts" className="divide-y divide-line/60">
      {facts.map((fact) => {
        const key = factKey({ ...fact, text: fact.fact });
        return (
          <li key={fact.fact} className="flex min-h-9 items-center gap-3 px-4 py-1">
            {isShown(key) ? <FactLine fact={fact} /> : <HiddenFact onReveal={() => reveal(key)} />}
          </li>
        );
      })}
    </ul>
  );
}

function FactLine({ fact }: { fact: FactResult }) {
  const formats = useFormats();
  const { icon: Icon, look, word } = verdicts[fact.verdict];
  return (
    <>
      <span className={classNames('inline-flex w-20 shrink-0 items-center gap-1 text-small font-medium', look)}>
        <Icon size={14} aria-hidden />
        {word}
      </span>
      <span className="min-w-0 flex-1 select-text">
        <UnbrokenDates text={formats.dates(fact.sentence)} />
        {fact.reason !== null && (
          <span className="text-ink-soft">
            {' '}
            – <UnbrokenDates text={formats.dates(fact.reason)} />
          </span>
        )}
      </span>
      <ChartLink fact={fact} />
      <ShowSqlButton sql={`${fact.sql};\n`} />
    </>
  );
}

/** Days of a chart on each side of a fact. */
const daysAround = 90;

/** Opens the metric that shows the fact, zoomed to the days around it. */
function ChartLink({ fact: { kind, date } }: { fact: FactResult }) {
  const metric = metricOfKind[kind];
  const owner = useWorkspaceOwner(metric);
  const show = async () => {
    // Loaded on demand: charts aren't part of what the window starts with.
    const { keptZoom } = await import('./kept-zoom');
    const [from, to] = [addDays(date, -daysAround), addDays(date, daysAround)].map((day) => Date.parse(day));
    keptZoom.of(owner).set({ from: from ?? 0, to: to ?? Infinity });
  };
  return (
    <a
      href={hrefTo('metrics', metric)}
      onClick={() => void show()}
      title="Show it in the chart"
      aria-label="Show it in the chart"
      className="grid size-7 shrink-0 place-items-center rounded-medium text-ink-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <ChartArea size={16} aria-hidden />
    </a>
  );
}
