import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react';
import { classNames } from '../components/class-names';

const standings = {
  error: { icon: CircleX, look: 'text-bad', word: 'Error' },
  warning: { icon: TriangleAlert, look: 'text-warn', word: 'Warning' },
  unknown: { icon: CircleDashed, look: 'text-ink-faint', word: 'Not run' },
  passed: { icon: CircleCheck, look: 'text-good', word: 'Passed' },
};

/** The state of a check; a failure by its severity. */
export type Standing = keyof typeof standings;

/** Most severe first. */
export const standingsInOrder: readonly Standing[] = ['error', 'warning', 'unknown', 'passed'];

/** The state of a check: by icon, word and colour. */
export function CheckStanding({ standing }: { standing: Standing }) {
  const { icon: Icon, look, word } = standings[standing];
  return (
    <span className={classNames('inline-flex w-20 shrink-0 items-center gap-1 text-small font-medium', look)}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}
