import { CircleCheck, CircleX } from 'lucide-react';
import { versionNote, type ClusterTestReport } from '../../../contract/cluster';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';

/** What a test of the connection found. */
export function ConnectionReport({ report }: { report: ClusterTestReport }) {
  const formats = useFormats();
  const { readEvents, readResults, writeResults, isSetUp } = report;
  const note = versionNote(report.version);
  const notSetUp = { possible: isSetUp, reason: 'some tables are missing; use “Set up…”' };
  return (
    <div role="status" className="rounded-medium border border-line bg-sunken px-3 py-2 select-text">
      <p className="font-medium">{`Connected to Trino ${report.version}, ${sizeOf(report, formats)}.`}</p>
      {note !== null && <p className="text-ink-soft">{note}</p>}
      <ul aria-label="Connection" className="mt-1 flex flex-col gap-0.5">
        <Ability name="Events can be read" {...readEvents} />
        <Ability name="Results can be read" {...readResults} />
        <Ability name="Results can be written" {...writeResults} />
        <Ability name="Set up" {...notSetUp} />
      </ul>
    </div>
  );
}

function sizeOf({ nodes }: ClusterTestReport, formats: Formats): string {
  if (!nodes) return 'nodes not visible to this user';
  return formats.amount(nodes.filter(({ coordinator }) => !coordinator).length, 'worker');
}

function Ability({ name, possible, reason }: { name: string } & ClusterTestReport['readEvents']) {
  const Icon = possible ? CircleCheck : CircleX;
  return (
    <li className="flex items-start gap-1.5">
      <Icon
        size={14}
        aria-label={possible ? 'yes' : 'no'}
        className={`mt-0.5 shrink-0 ${possible ? 'text-good' : 'text-bad'}`}
      />
      <span className="min-w-0 break-words">
        {name}
        {!possible && reason !== null && <span className="text-ink-soft">{`: ${reason}`}</span>}
      </span>
    </li>
  );
}
