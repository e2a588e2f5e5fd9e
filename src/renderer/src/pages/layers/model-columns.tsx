import { ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { ModelColumnProfile } from '../../../../contract/result-work';
import type { Model } from '../../../../contract/warehouse';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { ProfileBars, ProfileFacts } from '../../results/panel/profile/profile-parts';
import { ProfileShape } from '../../results/panel/profile/profile-shape';
import { ShowSqlButton } from '../../console/show-sql-button';
import { useColumnProfiles } from './use-column-profiles';

interface ColumnEntry {
  readonly name: string;
  readonly type: string | null;
  readonly meaning: string;
}

/** The columns of a model: descriptions from its header, types from the warehouse, and profiles of their values. */
export function ModelColumns({ model }: { model: Model }) {
  const formats = useFormats();
  const [everything, setEverything] = useState(false);
  const { profiles, error, retry } = useColumnProfiles(model, everything);
  const [open, setOpen] = useState<string | null>(null);
  const sample = [...profiles.values()].find((profile) => profile.sample)?.sample;
  return (
    <div className="flex h-full flex-col">
      {error && <ErrorNotice error={error} onRetry={retry} className="m-4" />}
      <div className="min-h-0 flex-1 scroll-pt-7 overflow-y-auto">
        <table aria-label="Columns" className="w-full text-left">
          <thead className="sticky top-0 z-10 bg-surface text-small text-ink-soft shadow-[inset_0_-1px_0_var(--line)]">
            <tr>
              <th className="py-1.5 pr-3 pl-10 font-semibold">Column</th>
              <th className="px-3 py-1.5 font-semibold">Type</th>
              <th className="px-3 py-1.5 text-right font-semibold">Nulls</th>
              <th className="px-3 py-1.5 text-right font-semibold">Distinct</th>
              <th className="px-3 py-1.5 font-semibold">Values</th>
              <th className="py-1.5 pr-4 pl-3 font-semibold">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {entriesOf(model).map((entry) => (
              <Fragment key={entry.name}>
                <ColumnRow
                  entry={entry}
                  profile={profiles.get(entry.name) ?? null}
                  onCluster={model.onCluster !== null}
                  pending={model.built !== null && error === null}
                  open={open === entry.name}
                  onToggle={() => setOpen(open === entry.name ? null : entry.name)}
                />
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {sample && (
        <p className="flex h-8 shrink-0 items-center gap-2 border-t border-line bg-sunken pr-1 pl-4 text-small text-ink-soft">
          <span className="flex-1 truncate">
            Nulls, distinct values and distributions are sampled from {formats.count(sample.days)} of{' '}
            {formats.amount(sample.of, 'day')}.
          </span>
          <Button look="quiet" onClick={() => setEverything(true)}>
            Read all rows
          </Button>
        </p>
      )}
    </div>
  );
}

function entriesOf({ columns, built }: Model): ColumnEntry[] {
  const meanings = new Map(columns.map(({ name, meaning }) => [name, meaning]));
  return (
    built?.columns.map(({ name, type }) => ({ name, type, meaning: meanings.get(name) ?? '' })) ??
    columns.map(({ name, meaning }) => ({ name, type: null, meaning }))
  );
}

interface ColumnRowProps {
  readonly entry: ColumnEntry;
  readonly profile: ModelColumnProfile | null;
  /** Whether the model's rows, hence their types, are only on a cluster. */
  readonly onCluster: boolean;
  /** Whether a missing profile is being loaded. */
  readonly pending: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function ColumnRow({ entry: { name, type, meaning }, profile, onCluster, pending, open, onToggle }: ColumnRowProps) {
  const formats = useFormats();
  const waiting = pending ? <Skeleton className="ml-auto h-2.5 w-10" /> : '–';
  return (
    <>
      <tr className={classNames('border-b border-line/60', open && 'bg-hover')}>
        <td className="p-0">
          <button
            type="button"
            aria-expanded={open}
            aria-label={`Profile of ${name}`}
            disabled={!profile}
            onClick={onToggle}
            className="flex h-8 w-full items-center gap-2 pr-3 pl-4 text-left font-mono text-small whitespace-nowrap select-text enabled:hover:bg-hover"
          >
            <ChevronRight
              size={14}
              aria-hidden
              className={classNames(
                'shrink-0 text-ink-faint transition-transform',
                open && 'rotate-90',
                !profile && 'opacity-0',
              )}
            />
            {name}
          </button>
        </td>
        <td className="max-w-40 truncate px-3 font-mono text-micro whitespace-nowrap text-ink-soft select-text">
          {type ?? (onCluster ? 'on the cluster' : 'available after a refresh')}
        </td>
        <td className="px-3 text-right text-small whitespace-nowrap select-text">
          {profile ? <Nulls profile={profile} /> : waiting}
        </td>
        <td className="px-3 text-right text-small select-text">
          {profile ? formats.count(profile.distinct) : waiting}
        </td>
        <td className="w-32 px-3">
          {profile ? <ProfileShape profile={profile} /> : pending && <Skeleton className="h-5 w-28" />}
        </td>
        <td className="w-full max-w-0 truncate py-1.5 pr-4 pl-3 text-ink-soft select-text" title={meaning}>
          {meaning}
        </td>
      </tr>
      {open && profile && (
        <tr ref={showBelow} className="border-b border-line/60 bg-sunken">
          <td colSpan={6} className="px-10 py-3">
            <div className="grid grid-cols-[1fr_1fr_auto] gap-8">
              <ProfileFacts profile={profile} />
              <div>
                <ProfileBars profile={profile} />
              </div>
              <ShowSqlButton sql={profile.sql} className="-mr-6" />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

/**
 * A detail row that opens below the visible area is scrolled into view; if it is higher than the viewport, the row
 * above stays visible.
 */
function showBelow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
  row?.previousElementSibling?.scrollIntoView({ block: 'nearest' });
}

function Nulls({ profile: { rows, nulls } }: { profile: ModelColumnProfile }) {
  const formats = useFormats();
  if (nulls === 0) return <span className="text-ink-faint">none</span>;
  return (
    <span title={formats.amount(nulls, 'null')}>
      {rows === 0 ? formats.count(nulls) : shareOf(nulls / rows, formats)}
    </span>
  );
}

/** A small share is not shown as 0%. */
const shareOf = (share: number, formats: Formats): string =>
  share < 0.0005 ? `< ${formats.percent(0.001)}` : formats.percent(share);
