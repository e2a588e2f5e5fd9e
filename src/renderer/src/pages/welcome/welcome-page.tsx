import { FolderOpen, PackageOpen, Warehouse } from 'lucide-react';
import { sampleRows } from '../../../../contract/plant-everything';
import type { WorkspaceState } from '../../../../contract/workspace';
import { useMainAction } from '../../client/queries';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { useFormats } from '../../format/use-formats';

/** Chooses the first workspace, or another one if the last can't be used. */
export function WelcomePage({ workspace: { folder, suggestedFolder, problem } }: { workspace: WorkspaceState }) {
  const open = useMainAction((client, chosen: string) => client.workspace.open({ folder: chosen }));
  const choose = useMainAction((client) => client.workspace.choose());
  const sample = useMainAction((client) => client.workspace.openSample());
  const error = open.error ?? choose.error ?? sample.error ?? problem;
  const formats = useFormats();
  const busy = open.pending || choose.pending || sample.pending;

  return (
    <main className="grid h-full place-items-center overflow-y-auto p-8">
      <div className="w-full max-w-md">
        <span className="mb-5 grid size-12 place-items-center rounded-large bg-accent text-on-accent shadow-raised">
          <Warehouse size={26} strokeWidth={1.75} aria-hidden />
        </span>
        <h1 className="text-display font-semibold tracking-tight">Micro Warehouse</h1>
        <p className="mt-1 text-ink-soft">
          A small data warehouse in a folder you choose: events as Parquet files, models and metrics in one DuckDB
          database.
        </p>
        {error && (
          <ErrorNotice error={error} className="mt-6">
            {problem && folder !== null && (
              <Button busy={open.pending} onClick={() => open.run(folder)}>
                Try this folder again
              </Button>
            )}
          </ErrorNotice>
        )}
        <section className="mt-6 rounded-large border border-line bg-surface p-4 shadow-raised">
          <h2 className="font-semibold">Choose a workspace folder</h2>
          <p className="mt-0.5 text-ink-soft">
            We’ll create it if it doesn’t exist. You can move or delete it at any time.
          </p>
          <p className="mt-3 rounded-medium border border-line bg-sunken px-2.5 py-1.5 font-mono text-small break-all select-text">
            {suggestedFolder}
          </p>
          <div className="mt-4 flex gap-2">
            <Button look="primary" busy={open.pending} disabled={busy} onClick={() => open.run(suggestedFolder)}>
              Use this folder
            </Button>
            <Button icon={FolderOpen} busy={choose.pending} disabled={busy} onClick={() => choose.run()}>
              Choose folder…
            </Button>
          </div>
        </section>
        <section className="mt-3 rounded-large border border-line p-4">
          <h2 className="font-semibold">Just looking?</h2>
          <p className="mt-0.5 text-ink-soft">
            Explore a ready-made workspace in its own folder: {formats.count(sampleRows)} events and every chart, with a
            launch, an outage, churn and every kind of bad data to find.
          </p>
          <Button
            className="mt-4"
            icon={PackageOpen}
            busy={sample.pending}
            disabled={busy}
            onClick={() => sample.run()}
          >
            Open sample workspace
          </Button>
        </section>
      </div>
    </main>
  );
}
