import { Info } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '../../../contract/refresh-summary';
import { hrefTo } from '../navigation/route';
import { useChecks, useModels } from '../client/queries';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Popover } from '../components/overlays/popover';
import { useFormats } from '../format/use-formats';
import { useAddStarter } from '../own-metrics/use-add-starter';
import { failingOf } from './checks-of';
import { useOpenFailingRows } from './failing-rows-context';

/**
 * The bad rows that a model keeps, with the reason, and a metric without them to start from. Renders nothing if it
 * keeps none.
 */
export function KeptRows({ model }: { model: string }) {
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const kept = failingOf(useChecks().data ?? []).failing.filter((check) => check.kept?.in === model);
  if (kept.length === 0) return null;
  return (
    <Popover
      label={`Bad rows that ${model} keeps`}
      align="start"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className="inline-flex max-w-full items-center gap-1 rounded-small text-small text-ink-soft hover:text-ink hover:underline"
        >
          <Info size={12} aria-hidden className="shrink-0" />
          <span className="text-left">{`keeps ${formats.amount(kept.length, 'kind')} of bad rows`}</span>
        </button>
      }
    >
      <div className="flex w-96 max-w-[80vw] flex-col gap-3">
        <p className="font-semibold">{`Bad rows that ${model} keeps`}</p>
        <ul className="flex flex-col gap-2.5">
          {kept.map((check) => (
            <Kept key={check.name} check={check} onOpen={() => setOpen(false)} />
          ))}
        </ul>
        <Starter />
      </div>
    </Popover>
  );
}

function Kept({ check, onOpen }: { check: Check; onOpen: () => void }) {
  const formats = useFormats();
  const openFailingRows = useOpenFailingRows();
  return (
    <li>
      <button
        type="button"
        className="rounded-small font-medium text-accent-ink hover:underline"
        onClick={() => {
          onOpen();
          openFailingRows(check);
        }}
      >
        {`${formats.amount(check.result?.failedRows ?? 0, 'row')} found by ${check.name}`}
      </button>
      <p className="text-small text-ink-soft">{check.kept?.reason}</p>
    </li>
  );
}

/** Writes the metric without such rows, or leads to it. */
function Starter() {
  const { data: models } = useModels();
  const starter = useAddStarter('clean_weekly_activity');
  const { model } = starter;
  const exists = models?.some(({ name }) => name === model) ?? false;
  return (
    <div className="border-t border-line pt-3">
      {starter.error && <ErrorNotice error={starter.error} className="mb-2" />}
      {exists ? (
        <a href={hrefTo('metrics', model)} className="rounded-small font-medium text-accent-ink hover:underline">
          {`Open ${model}`}
        </a>
      ) : (
        <>
          <Button busy={starter.pending} onClick={starter.add}>
            Make a metric without duplicates and malformed JSON
          </Button>
          <p className="mt-1.5 text-small text-ink-soft">
            Writes models/clean_weekly_activity.sql, refreshes and opens it. Change it to your own needs.
          </p>
        </>
      )}
    </div>
  );
}
