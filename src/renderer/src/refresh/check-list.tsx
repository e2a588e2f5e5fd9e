import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Check } from '../../../contract/refresh-summary';
import { errorReportOf } from '../client/error-report';
import { useChecks } from '../client/queries';
import { classNames } from '../components/class-names';
import { ErrorNotice } from '../components/error-notice';
import { SkeletonRows } from '../components/skeleton';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { CheckStanding, standingsInOrder, type Standing } from './check-standing';

const OffendingRows = lazy(() => import('./offending-rows'));

/**
 * Checks (all, or those selected by `of`) with their latest results, failing ones first; these expand to their
 * offending rows.
 */
export function CheckList({ of }: { of?: (checks: readonly Check[]) => readonly Check[] }) {
  const { data, error, refetch } = useChecks();
  if (error) return <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="m-4" />;
  if (!data) return <SkeletonRows rows={4} />;
  const checks = (of ? of(data) : data).toSorted(
    (a, b) => standingsInOrder.indexOf(standingOf(a)) - standingsInOrder.indexOf(standingOf(b)),
  );
  const anyFails = checks.some(({ result }) => result?.passed === false);
  if (checks.length === 0) return <p className="p-4 text-ink-soft">No checks cover this model.</p>;
  return (
    <ul aria-label="Checks" className="divide-y divide-line/60">
      {checks.map((check) => (
        <CheckEntry key={check.name} check={check} indented={anyFails} />
      ))}
    </ul>
  );
}

function standingOf({ severity, result }: Pick<Check, 'severity' | 'result'>): Standing {
  if (result === null) return 'unknown';
  return result.passed ? 'passed' : severity;
}

/** @param indented whether other items of the list have a disclosure triangle before their name */
function CheckEntry({ check, indented }: { check: Check; indented: boolean }) {
  const [open, setOpen] = useState(false);
  if (check.result?.passed !== false) {
    return (
      <li className={classNames('flex items-center gap-3 py-1.5 pr-4', indented ? 'pl-10' : 'pl-4')}>
        <CheckLine check={check} />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 px-4 py-1.5 text-left hover:bg-hover"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={classNames('-mr-0.5 shrink-0 text-ink-faint transition-transform', open && 'rotate-90')}
        />
        <CheckLine check={check} />
      </button>
      {open && (
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <OffendingRows check={check} />
        </Suspense>
      )}
    </li>
  );
}

function CheckLine({ check }: { check: Check }) {
  const formats = useFormats();
  return (
    <>
      <CheckStanding standing={standingOf(check)} />
      <span className="min-w-0 flex-1">
        <span className="mr-2 font-mono text-small">{check.name}</span>
        <span className="text-ink-soft">{check.summary}</span>
      </span>
      <span className="shrink-0 text-small text-ink-soft">{failureOf(check, formats)}</span>
    </>
  );
}

/** The extent of a failure: `3 rows on 2 days`. */
function failureOf({ result }: Check, formats: Formats): string {
  if (!result || result.passed) return '';
  const days = result.failedDays.length;
  return `${formats.amount(result.failedRows, 'row')} on ${formats.amount(days, 'day')}`;
}
