import { ChevronRight } from 'lucide-react';
import type { Check } from '../../../contract/refresh-summary';
import { errorReportOf } from '../client/error-report';
import { useChecks } from '../client/queries';
import { ErrorNotice } from '../components/error-notice';
import { SkeletonRows } from '../components/skeleton';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { useOpenFailingRows } from './failing-rows-context';
import { CheckStanding, standingsInOrder, type Standing } from './check-standing';

/**
 * Checks (all, or those selected by `of`) with their latest results, failing ones first; these open the rows that fail.
 */
export function CheckList({ of }: { of?: (checks: readonly Check[]) => readonly Check[] }) {
  const { data, error, refetch } = useChecks();
  if (error) return <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="m-4" />;
  if (!data) return <SkeletonRows rows={4} />;
  const checks = (of ? of(data) : data).toSorted(
    (a, b) => standingsInOrder.indexOf(standingOf(a)) - standingsInOrder.indexOf(standingOf(b)),
  );
  if (checks.length === 0) return <p className="p-4 text-ink-soft">No checks cover this model.</p>;
  return (
    <ul aria-label="Checks" className="divide-y divide-line/60">
      {checks.map((check) => (
        <CheckEntry key={check.name} check={check} />
      ))}
    </ul>
  );
}

function standingOf({ severity, result }: Pick<Check, 'severity' | 'result'>): Standing {
  if (result === null) return 'unknown';
  return result.passed ? 'passed' : severity;
}

function CheckEntry({ check }: { check: Check }) {
  const openFailingRows = useOpenFailingRows();
  if (check.result?.passed !== false) {
    return (
      <li className="flex items-center gap-3 py-1.5 pr-10 pl-4">
        <CheckLine check={check} />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        title={`Show the rows that fail ${check.name}`}
        onClick={() => openFailingRows(check)}
        className="flex w-full items-center gap-3 px-4 py-1.5 text-left hover:bg-hover"
      >
        <CheckLine check={check} />
        <ChevronRight size={14} aria-hidden className="-ml-1 shrink-0 text-ink-faint" />
      </button>
    </li>
  );
}

function CheckLine({ check }: { check: Check }) {
  const formats = useFormats();
  return (
    <>
      <CheckStanding standing={standingOf(check)} />
      <span className="min-w-0 flex-1">
        <span className="mr-2 font-mono text-small">{check.name}</span>{' '}
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
