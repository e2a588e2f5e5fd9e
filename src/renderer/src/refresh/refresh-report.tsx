import type { ReactNode } from 'react';
import type { RefreshSummary } from '../../../contract/refresh-summary';
import type { RefreshLogEntry } from '../../../contract/warehouse';
import { errorReportOf } from '../client/error-report';
import { useRefreshId, useRefreshSummary } from '../client/queries';
import { hrefTo } from '../navigation/route';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { Skeleton } from '../components/skeleton';
import { Tabs, type Tab } from '../components/tabs';
import { FactList } from '../facts/fact-list';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { ChangeList } from './change-list';
import { CheckList } from './check-list';
import { checksTitle } from './checks-of';
import { CheckResults } from './check-results';
import { StepList } from './step-list';
import { Waterfall } from './waterfall';

/** The full report of a successful refresh. */
export function RefreshReport({ entry }: { entry: RefreshLogEntry }) {
  const formats = useFormats();
  // Offending rows can only be shown for the latest refresh.
  const isLast = useRefreshId() === entry.refreshId;
  const { data: summary, error, refetch } = useRefreshSummary(entry.refreshId);
  if (error) return <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="m-4" />;
  return (
    <>
      <Remarks entry={entry} />
      <div className="min-h-17 px-4 pt-3">
        {summary ? <Waterfall steps={summary.waterfall} /> : <Skeleton className="h-14 w-full" />}
      </div>
      <div className="mt-1 flex h-60 flex-col">
        {summary && (
          <Tabs
            label={`Refresh ${entry.refreshId}`}
            tabs={tabsOf(summary, isLast ? <CheckList /> : <CheckResults checks={summary.checks} />, formats)}
          />
        )}
      </div>
    </>
  );
}

/** Warnings: files left out, user models that failed, a database set aside. */
function Remarks({ entry }: { entry: RefreshLogEntry }) {
  const formats = useFormats();
  const leftOutFiles = entry.leftOutFiles ?? [];
  const notices = entry.notices ?? [];
  if (leftOutFiles.length + notices.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 px-4 pt-3">
      {notices.map((text) => (
        <Notice key={text} tone="warn">
          <span className="break-words">{text}</span>
        </Notice>
      ))}
      {leftOutFiles.length > 0 && (
        <Notice tone="warn">
          <strong className="font-semibold">{formats.amount(leftOutFiles.length, 'damaged file')} left out.</strong> The
          rows of <span className="font-mono text-small break-all">{leftOutFiles.join(', ')}</span> are missing from the
          models.
        </Notice>
      )}
    </div>
  );
}

function tabsOf({ entry, changes, checks, facts }: RefreshSummary, checkList: ReactNode, formats: Formats): Tab[] {
  const models = Object.entries(entry.modelRows ?? {});
  return [
    { id: 'checks', title: checksTitle(checks, formats), content: <Scrolled>{checkList}</Scrolled> },
    ...(facts.length > 0
      ? [
          {
            id: 'facts',
            title: `Facts · ${formats.count(facts.length)}`,
            content: (
              <Scrolled>
                <FactList facts={facts} />
              </Scrolled>
            ),
          },
        ]
      : []),
    {
      id: 'changes',
      title: `Changes · ${formats.count(changes.length)}`,
      content: (
        <Scrolled>{changes.length > 0 ? <ChangeList changes={changes} /> : <NoChanges entry={entry} />}</Scrolled>
      ),
    },
    {
      id: 'models',
      title: `Models · ${formats.count(models.length)}`,
      content: (
        <Scrolled>
          <ModelRows models={models} />
        </Scrolled>
      ),
    },
    {
      id: 'exports',
      title: `Exports · ${formats.count(entry.exports.length)}`,
      content: (
        <Scrolled>
          <Exports paths={entry.exports} />
        </Scrolled>
      ),
    },
    {
      id: 'steps',
      title: 'Steps',
      content: (
        <Scrolled>
          <Steps entry={entry} />
        </Scrolled>
      ),
    },
  ];
}

function Scrolled({ children }: { children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label="Refresh results"
      tabIndex={0}
      className="@container h-full overflow-y-auto outline-offset-[-2px]"
    >
      {children}
    </div>
  );
}

function NoChanges({ entry }: { entry: RefreshLogEntry }) {
  return (
    <p className="p-4 text-ink-soft">
      {entry.mode === 'full' ? 'Everything was rebuilt; no metric values changed.' : 'No metric values changed.'}
    </p>
  );
}

function ModelRows({ models }: { models: readonly (readonly [name: string, rows: number])[] }) {
  const formats = useFormats();
  return (
    <ul aria-label="Rows by model" className="columns-1 gap-10 px-4 py-2 @min-[640px]:columns-2">
      {models.map(([name, rows]) => (
        <li key={name} className="flex h-6 break-inside-avoid items-center gap-3">
          <a
            href={hrefTo('layers', name)}
            className="min-w-0 flex-1 truncate rounded-small font-mono text-small hover:underline"
          >
            {name}
          </a>
          <span className="text-ink-soft select-text">{formats.amount(rows, 'row')}</span>
        </li>
      ))}
    </ul>
  );
}

function Exports({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return <p className="p-4 text-ink-soft">Exports were already up to date.</p>;
  return (
    <ul aria-label="Exports" className="columns-1 gap-10 px-4 py-2 @min-[640px]:columns-2">
      {paths.map((path) => (
        <li key={path} className="h-6 truncate font-mono text-small select-text">
          {path}
        </li>
      ))}
    </ul>
  );
}

function Steps({ entry }: { entry: RefreshLogEntry }) {
  const steps = entry.steps ?? [];
  if (steps.length === 0)
    return <p className="p-4 text-ink-soft">Already up to date. Nothing changed since the last refresh.</p>;
  return (
    <div className="px-4 py-2">
      <StepList steps={steps} />
    </div>
  );
}
