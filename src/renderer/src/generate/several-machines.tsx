import { CircleCheck, CircleDashed, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { z } from 'zod';
import { parseLocation } from '../../../contract/publish/location';
import { describeShards, machinesSchema, shardCommands, type ShardInventory } from '../../../contract/publish/shards';
import type { Recipe } from '../../../contract/recipe';
import { formatRecipe } from '../../../contract/recipe-line';
import { errorReportOf } from '../client/error-report';
import { StoredState, useKept, useWorkspaceOwner } from '../client/kept-state';
import { useFolderShards } from '../client/queries';
import { classNames } from '../components/class-names';
import { CopyButton } from '../components/copy-button';
import { Field } from '../components/forms/field';
import { Dialog } from '../components/overlays/dialog';
import { useFormats } from '../format/use-formats';

/** What was typed last in this workspace. */
const keptPlan = new StoredState(
  { machines: '3', location: '' },
  'several machines',
  z.object({ machines: z.string(), location: z.string() }),
);

/** Commands beyond these are only in the text of "Copy all". */
const mostShown = 100;

/** Commands with which several machines generate a recipe together, and which shards have arrived. */
export function SeveralMachines({ recipe, onClose }: { recipe: Recipe; onClose: () => void }) {
  const [{ machines, location }, keep] = useKept(keptPlan, useWorkspaceOwner());
  const number = machinesSchema.safeParse(useFormats().parseNumber(machines));
  const place = parseLocation(location);
  const misplaced = location.trim() !== '' && place === null;
  const commands = number.success ? shardCommands(formatRecipe(recipe), number.data, location) : [];
  const folder = place?.kind === 'folder' ? place.folder : null;
  const shards = useFolderShards(folder !== null && number.success ? { folder, recipe, of: number.data } : null);
  return (
    <Dialog
      wide
      title="Generate on several machines"
      description="Each machine generates one shard of this recipe and publishes it to a place that all of them can reach."
      onClose={onClose}
    >
      <div className="grid shrink-0 grid-cols-[120px_minmax(0,1fr)] items-start gap-3 px-5 py-4 low:py-2">
        <Field
          label="Machines"
          inputMode="numeric"
          value={machines}
          error={number.error?.issues[0]?.message}
          onChange={(value) => keep({ machines: value, location })}
        />
        <Field
          label="Location"
          placeholder="/mnt/share/events or s3://bucket/prefix"
          spellCheck={false}
          value={location}
          error={misplaced ? 'Give the absolute path of a shared folder, or s3://bucket/prefix.' : undefined}
          onChange={(value) => keep({ machines, location: value })}
        />
      </div>
      <CommandList commands={commands} inventory={shards.data} />
      <footer className="flex shrink-0 items-start gap-3 px-5 py-3 low:py-2">
        <p role="status" className="flex-1 text-small text-ink-soft">
          {place?.kind === 's3' ? (
            <>
              <code className="font-mono text-micro select-text">micro-warehouse shards {location.trim()}</code> lists
              the shards that have arrived in object storage.
            </>
          ) : shards.error ? (
            describeProblem(shards.error)
          ) : shards.data ? (
            describeArrivals(shards.data)
          ) : (
            'With a folder that this machine can read, the shards that have arrived are shown here.'
          )}
        </p>
      </footer>
    </Dialog>
  );
}

function CommandList({ commands, inventory }: { commands: readonly string[]; inventory: ShardInventory | undefined }) {
  const id = useId();
  const more = commands.length - mostShown;
  return (
    <section aria-labelledby={id} className="flex min-h-0 flex-1 flex-col border-y border-line bg-sunken">
      <div className="flex shrink-0 items-center justify-between px-5 pt-2">
        <h3 id={id} className="text-small font-medium text-ink-soft">
          One command for each machine, to be run in an empty folder
        </h3>
        <CopyButton text={`${commands.join('\n')}\n`} label="Copy all commands" words="Copy all" />
      </div>
      <ol className="flex min-h-0 flex-col gap-1.5 overflow-y-auto px-5 pt-1 pb-3">
        {commands.slice(0, mostShown).map((command, index) => (
          <Command key={command} part={index + 1} command={command} inventory={inventory} />
        ))}
        {more > 0 && <li className="text-small text-ink-soft">{more} more are in the text of Copy all.</li>}
      </ol>
    </section>
  );
}

interface CommandProps {
  readonly part: number;
  readonly command: string;
  /** Undefined while it isn't known what has arrived. */
  readonly inventory: ShardInventory | undefined;
}

function Command({ part, command, inventory }: CommandProps) {
  return (
    <li className="flex items-start gap-2">
      <code className="min-w-0 flex-1 rounded-medium border border-line bg-surface px-2.5 py-1.5 font-mono text-micro break-words select-text">
        {command}
      </code>
      {inventory && <Arrival part={part} inventory={inventory} />}
      <CopyButton text={command} label={`Copy the command of machine ${part}`} />
    </li>
  );
}

interface ArrivalLook {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly look: string;
}

const arrivals: Record<'arrived' | 'twice' | 'missing', ArrivalLook> = {
  arrived: { label: 'Arrived', icon: CircleCheck, look: 'text-good' },
  twice: { label: 'Twice', icon: TriangleAlert, look: 'text-warn' },
  missing: { label: 'Missing', icon: CircleDashed, look: 'text-ink-soft' },
};

/** Whether a shard is there: by icon, word and colour. */
function Arrival({ part, inventory }: { part: number; inventory: ShardInventory }) {
  const { label, icon: Icon, look } = arrivals[arrivalOf(part, inventory)];
  return (
    <span className={classNames('inline-flex h-7 w-18 shrink-0 items-center gap-1 text-small font-medium', look)}>
      <Icon size={14} aria-hidden />
      {label}
    </span>
  );
}

function arrivalOf(part: number, { arrived, twice }: ShardInventory): keyof typeof arrivals {
  if (twice.some((shard) => shard.part === part)) return 'twice';
  return arrived.includes(part) ? 'arrived' : 'missing';
}

function describeProblem(error: Error): string {
  const { message, action } = errorReportOf(error);
  return `${message} ${action}`;
}

function describeArrivals({ of, arrived, missing, twice, others, whole, complete }: ShardInventory): string {
  const [other] = others;
  const sentences = [
    missing.length === 0
      ? `All ${of} shards have arrived.`
      : `${arrived.length} of ${of} shards have arrived. ${describeShards(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    whole.length > 0 && 'A run of the whole recipe is there, too.',
    twice.length > 0 && `${describeShards(twice.map(({ part }) => part))} came more than once, so events are doubled.`,
    other && `Shard ${other.part}/${other.of} of another division is there, too, with some of the same events.`,
    complete && 'Open the folder as a workspace to refresh it.',
  ];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}
