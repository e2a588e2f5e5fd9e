import { ChevronLeft, ChevronRight, Combine, RotateCcw, SquareTerminal, Trash2, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import type { Partition } from '../../../../../contract/partitions';
import type { ClusterOrigin } from '../../../../../contract/warehouse';
import { StoredState, useKept, useWorkspaceOwner } from '../../../client/kept-state';
import { OnCluster } from '../../../cluster/on-cluster';
import type { PlacedSql } from '../../../cluster/placed';
import { Button } from '../../../components/button';
import { EmptyState } from '../../../components/empty-state';
import { ErrorNotice } from '../../../components/error-notice';
import { Tabs, type Tab } from '../../../components/tabs';
import { useFormats } from '../../../format/use-formats';
import { PlacedRows } from '../../../results/placed/placed-rows';
import { DayChecks } from './day-checks';
import { DayFiles } from './day-files';
import { DayHours } from './day-hours';
import { dayNumber, weekdayNames, weekdayOf } from '../../../calendar/days';
import { BreakMenu } from './break-menu';
import { FoldedButton } from './folded-button';
import { mostDayRows, type DayActions } from './use-day-actions';

const keptTab = new StoredState('files', 'day tab', z.string());

export interface DayDetailProps {
  readonly date: string;
  readonly partition: Partition | undefined;
  /** Whether the day has far fewer rows than usual. */
  readonly fewRows: boolean;
  readonly actions: DayActions;
  /** Set if the files of the day are on a cluster. */
  readonly origin: ClusterOrigin | null;
  readonly onDelete: () => void;
  readonly onMove: (step: number) => void;
  readonly onClose: () => void;
}

/** All details of one day, and its actions. */
export function DayDetail(props: DayDetailProps) {
  const { date, partition, fewRows, actions, origin, onMove, onClose } = props;
  const formats = useFormats();
  const present = partition !== undefined && partition.files > 0;
  // The selected tab stays open when another day is opened.
  const [tab, setTab] = useKept(keptTab, useWorkspaceOwner());
  return (
    <section aria-label={`Day ${formats.dates(date)}`} className="flex h-full min-h-0 flex-col">
      <header className="px-4 pt-3 pb-2">
        <div className="flex items-center gap-1">
          <h2 className="font-semibold select-text">{formats.dates(date)}</h2>
          <span className="ml-1.5 flex-1 text-ink-soft">{weekdayNames[weekdayOf(dayNumber(date))]}</span>
          <Button look="quiet" icon={ChevronLeft} aria-label="Previous day" onClick={() => onMove(-1)} />
          <Button look="quiet" icon={ChevronRight} aria-label="Next day" onClick={() => onMove(1)} />
          <Button look="quiet" icon={X} aria-label="Close day" onClick={onClose} />
        </div>
        <DayFacts partition={partition} fewRows={fewRows} />
        <DayButtons {...props} />
        {actions.error && <ErrorNotice error={actions.error} className="mt-2" />}
      </header>
      {present ? (
        <Tabs
          key={date}
          label={`About ${formats.dates(date)}`}
          initial={tab}
          onChange={setTab}
          tabs={tabsOf(partition, origin, actions)}
        />
      ) : partition?.locked ? (
        <EmptyState icon={TriangleAlert} title="This day can’t be read">
          {`The folder data/events/date=${date} can’t be opened. Check its permissions, or the disk.`}
        </EmptyState>
      ) : (
        <EmptyState icon={TriangleAlert} title="No files for this day">
          Regenerate can restore them if a recorded run covers this day.
        </EmptyState>
      )}
    </section>
  );
}

/** The checks are in the records, and rows can be fetched; everything else needs the files. */
function tabsOf(partition: Partition, origin: ClusterOrigin | null, actions: DayActions): readonly Tab[] {
  const { date } = partition;
  const filesHere = (content: ReactNode, what: 'files' | 'rows') =>
    origin ? <OnCluster origin={origin} what={what} /> : content;
  return [
    { id: 'files', title: 'Files', content: filesHere(<DayFiles date={date} />, 'files') },
    { id: 'hours', title: 'Hours', content: filesHere(<DayHours date={date} />, 'rows') },
    { id: 'checks', title: 'Checks', content: <DayChecks partition={partition} /> },
    {
      id: 'preview',
      title: 'Preview',
      content: <Preview partition={partition} statement={actions.rowsOf(date, date)} />,
    },
  ];
}

/** The actions on the day's rows, and on its files where they are here. */
function DayButtons(props: DayDetailProps) {
  const { date, partition, actions, origin } = props;
  const present = partition !== undefined && partition.files > 0;
  return (
    <div className="@container mt-2 flex flex-wrap gap-1.5">
      <Button icon={SquareTerminal} disabled={!present} onClick={() => actions.openInConsole(date, date)}>
        Open in console
      </Button>
      {!origin && <FileButtons {...props} />}
    </div>
  );
}

function FileButtons({ date, partition, actions, onDelete }: DayDetailProps) {
  const severalFiles = (partition?.files ?? 0) > 1;
  const beside = severalFiles ? 'more' : 'few';
  return (
    <>
      {severalFiles && (
        <FoldedButton
          beside={beside}
          icon={Combine}
          busy={actions.compacting}
          title="Compact: write this day’s files as one"
          onClick={() => actions.compact(date)}
        >
          Compact
        </FoldedButton>
      )}
      <Button
        icon={RotateCcw}
        busy={actions.repeating}
        title="Recreates this day’s files from the recipes that made them"
        onClick={() => actions.repeat(date)}
      >
        Regenerate
      </Button>
      <BreakMenu dates={partition?.files ? [date] : []} actions={actions} beside={beside} />
      <FoldedButton
        beside={beside}
        look="danger"
        icon={Trash2}
        disabled={!partition?.files}
        title="Delete this day’s files"
        onClick={onDelete}
      >
        Delete…
      </FoldedButton>
    </>
  );
}

function DayFacts({ partition, fewRows }: Pick<DayDetailProps, 'partition' | 'fewRows'>) {
  const formats = useFormats();
  if (partition?.locked) return <p className="text-small text-bad">Can’t be read</p>;
  if (!partition || partition.files === 0) return <p className="text-small text-ink-soft">Missing</p>;
  const { rows, bytes, files, users, stale } = partition;
  const facts = [
    formats.amount(rows, 'row'),
    formats.bytes(bytes),
    formats.amount(files, 'file'),
    users !== null && formats.amount(users, 'user'),
    fewRows && 'far fewer rows than usual',
    partition.leftOutFiles.length > 0 &&
      `${formats.amount(partition.leftOutFiles.length, 'file')} left out of the last refresh`,
    stale && 'stale: changed since the last refresh',
  ];
  return <p className="text-small text-ink-soft select-text">{facts.filter(Boolean).join(' · ')}</p>;
}

function Preview({ partition, statement }: { partition: Partition; statement: PlacedSql }) {
  const formats = useFormats();
  const { date, rows, damagedFiles } = partition;
  if (damagedFiles.length > 0) {
    return (
      <EmptyState icon={TriangleAlert} title="A damaged file blocks this preview">
        {`Regenerate or delete the files of ${formats.dates(date)}, then try again.`}
      </EmptyState>
    );
  }
  const extent =
    rows > mostDayRows
      ? `The first ${formats.count(mostDayRows)} of ${formats.amount(rows, 'row')}`
      : formats.amount(rows, 'row');
  const empty =
    rows > 0 ? 'The files of this day were removed or changed meanwhile.' : 'This day’s files contain no rows.';
  return <PlacedRows statement={statement} empty={empty} footer={{ extent }} />;
}
