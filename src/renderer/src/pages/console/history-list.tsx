import { useEffect, useRef } from 'react';
import type { HistoryEntry } from '../../../../contract/console';
import { errorReportOf } from '../../client/error-report';
import { KeptState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useConsoleHistory } from '../../client/queries';
import { useStore } from '../../client/store';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { SearchField } from '../../components/forms/search-field';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import type { ConsoleTabs } from '../../console/console-tabs';

const shownRuns = 200;
const keptSearch = new KeptState('');

/** Every run, newest first. A click opens its SQL; Enter runs it again. */
export function HistoryList({ tabs }: { tabs: ConsoleTabs }) {
  const formats = useFormats();
  const [search, setSearch] = useKept(keptSearch, useWorkspaceOwner());
  const { data, error, refetch } = useConsoleHistory(search, shownRuns);
  useRefetchAfterRuns(useStore(tabs).endedRuns, refetch);
  const open = ({ sql, parameters, on }: HistoryEntry, run: boolean) => {
    const tab = tabs.add({ text: sql, parameters, on });
    if (run) tab.runAll();
  };
  return (
    <div className="flex h-full flex-col">
      <SearchField
        label="Search the history"
        placeholder="Search"
        value={search}
        onChange={setSearch}
        className="m-2"
      />
      {error && <ErrorNotice error={errorReportOf(error)} className="m-2" />}
      {data?.length === 0 && (
        <p className="px-4 text-small text-ink-soft">
          {search === '' ? 'No statements run yet.' : 'No matching statements.'}
        </p>
      )}
      <ul aria-label="History" className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-1.5">
        {data?.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              title={`${entry.sql.slice(0, 1_000)}\n\nPress Enter to run it again.`}
              onClick={(event) => open(entry, event.detail === 0)}
              onDoubleClick={() => tabs.getSnapshot().active?.runAll()}
              className="w-full rounded-medium px-2 py-1.5 text-left hover:bg-hover"
            >
              <span className="block truncate font-mono text-small">
                {entry.sql.replaceAll(/\s+/g, ' ').slice(0, 200)}
              </span>
              <span className="flex justify-between gap-2 text-micro text-ink-soft">
                <span className={classNames('min-w-0 truncate', entry.error !== null && 'text-bad')}>
                  {outcomeOf(entry, formats)}
                </span>
                <time dateTime={entry.startedAt} className="shrink-0">
                  {formats.instant(entry.startedAt)}
                </time>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Refetches the list after each finished run, and not at every keystroke in the editor. */
function useRefetchAfterRuns(endedRuns: number, read: () => Promise<unknown>): void {
  const seen = useRef(endedRuns);
  useEffect(() => {
    if (seen.current === endedRuns) return;
    seen.current = endedRuns;
    void read();
  }, [endedRuns, read]);
}

function outcomeOf({ rows, error, cancelled, elapsedMs, on }: HistoryEntry, formats: Formats): string {
  if (error !== null) return error;
  const came = rows === null ? 'no rows' : formats.amount(rows, 'row');
  return `${cancelled ? 'cancelled' : came} · ${formats.duration(elapsedMs)}${on === 'cluster' ? ' · cluster' : ''}`;
}
