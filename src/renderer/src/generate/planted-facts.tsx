import { Bug, MoonStar, Rocket, UserMinus, type LucideIcon } from 'lucide-react';
import type { KnownFact } from '../../../contract/generation';
import { factKey, useAnswers } from '../facts/answers';
import { HiddenFact } from '../facts/hidden-fact';
import { UnbrokenDates } from '../components/unbroken-dates';
import { useFormats } from '../format/use-formats';

const signs: Record<KnownFact['kind'], LucideIcon> = {
  launch: Rocket,
  outage: MoonStar,
  churn: UserMinus,
  mess: Bug,
};

/** The facts planted in the data, to be found in the charts and checks. */
export function PlantedFacts({ facts }: { facts: readonly KnownFact[] }) {
  const formats = useFormats();
  const { isShown, reveal } = useAnswers();
  return (
    <ul aria-label="Planted facts" className="flex flex-col gap-1.5">
      {facts.map(({ kind, date, text }) => {
        const Icon = signs[kind];
        const key = factKey({ kind, date, text });
        if (!isShown(key)) {
          return (
            <li key={`${kind} ${text}`} className="flex items-center">
              <HiddenFact onReveal={() => reveal(key)} />
            </li>
          );
        }
        return (
          <li key={`${kind} ${text}`} className="flex items-start gap-2 select-text">
            <span className="flex h-lh shrink-0 items-center text-ink-faint">
              <Icon size={14} aria-hidden />
            </span>
            <span className="min-w-20 shrink-0 whitespace-nowrap text-ink-soft">
              {date === null ? 'everywhere' : formats.dates(date)}
            </span>
            <span className="min-w-0">
              <UnbrokenDates text={formats.dates(text)} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
