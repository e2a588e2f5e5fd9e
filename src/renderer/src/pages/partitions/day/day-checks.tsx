import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { Partition } from '../../../../../contract/partitions';
import type { Check } from '../../../../../contract/refresh-summary';
import { errorReportOf } from '../../../client/error-report';
import { useChecks } from '../../../client/queries';
import { Button } from '../../../components/button';
import { ErrorNotice } from '../../../components/error-notice';
import { SkeletonRows } from '../../../components/skeleton';
import { useFormats } from '../../../format/use-formats';
import { useOpenFailingRows } from '../../../refresh/failing-rows-context';

/** The result of each check on a day, from the last refresh. */
export function DayChecks({ partition }: { partition: Partition }) {
  const formats = useFormats();
  const { data, error } = useChecks();
  if (error) return <ErrorNotice error={errorReportOf(error)} className="m-4" />;
  if (!data) return <SkeletonRows rows={6} />;
  return (
    <div
      className="h-full overflow-auto px-4 py-3"
      tabIndex={0}
      role="region"
      aria-label={`Checks of ${formats.dates(partition.date)}`}
    >
      {partition.stale && (
        <p className="mb-2 text-small text-ink-soft">
          The files have changed since the last refresh. These are the results from before.
        </p>
      )}
      <ul>
        {data.map((check) => (
          <CheckOfDay key={check.name} check={check} date={partition.date} />
        ))}
      </ul>
    </div>
  );
}

function CheckOfDay({ check, date }: { check: Check; date: string }) {
  const { name, severity, summary, result } = check;
  const openFailingRows = useOpenFailingRows();
  const formats = useFormats();
  const failed = result?.failedDays.find((day) => day.date === date);
  const Icon = !failed ? CircleCheck : severity === 'error' ? CircleX : TriangleAlert;
  const look = !result ? 'text-ink-faint' : !failed ? 'text-good' : severity === 'error' ? 'text-bad' : 'text-warn';
  return (
    <li className="flex items-start gap-2 border-b border-line/60 py-2">
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium select-text">
          {name}{' '}
          <span className={`ml-1 text-small font-normal ${failed ? look : 'text-ink-soft'}`}>
            {!result ? 'not run yet' : failed ? `${severity}: ${formats.amount(failed.rows, 'row')}` : 'passed'}
          </span>
        </p>
        <p className="text-small text-ink-soft select-text">{summary}</p>
      </div>
      {failed && (
        <Button look="quiet" onClick={() => openFailingRows(check, date)}>
          Show rows
        </Button>
      )}
    </li>
  );
}
