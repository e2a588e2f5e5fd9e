import { ExternalLink, FolderSearch, X } from 'lucide-react';
import { useMainAction } from '../../client/queries';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { ProgressBar } from '../../components/progress-bar';
import { useFormats } from '../../format/use-formats';
import type { ExportState } from './use-export';

/** The progress or outcome of an export. */
export function ExportStrip({
  state,
  onCancel,
  onDismiss,
}: {
  state: ExportState;
  onCancel: () => void;
  onDismiss: () => void;
}) {
  const formats = useFormats();
  if (state.status === 'idle') return null;
  if (state.status === 'failed') {
    return (
      <ErrorNotice error={state.error} className="m-2">
        <Button onClick={onDismiss}>Close</Button>
      </ErrorNotice>
    );
  }
  return (
    <div role="status" className="flex shrink-0 items-center gap-3 border-b border-line bg-sunken px-3 py-1 text-small">
      {state.status === 'running' && (
        <>
          <span className="shrink-0">Exporting {state.file}</span>
          <ProgressBar label="Export" fraction={state.fraction} />
          <Button onClick={onCancel}>Cancel export</Button>
        </>
      )}
      {state.status !== 'running' && (
        <>
          <span className="min-w-0 flex-1 truncate select-text">
            {state.status === 'cancelled'
              ? 'The export was cancelled; no file was written.'
              : `Exported ${formats.amount(state.rows, 'row')}, ${formats.bytes(state.bytes)}, to ${state.path}${state.hidden > 0 ? `, without ${formats.amount(state.hidden, 'hidden column')}` : ''}`}
          </span>
          {state.status === 'done' && <FileButtons exportId={state.exportId} />}
          <Button look="quiet" icon={X} aria-label="Dismiss" onClick={onDismiss} />
        </>
      )}
    </div>
  );
}

function FileButtons({ exportId }: { exportId: string }) {
  const reveal = useMainAction((main) => main.exports.reveal({ exportId }));
  const open = useMainAction((main) => main.exports.open({ exportId }));
  const problem = reveal.error ?? open.error;
  return (
    <>
      {problem && (
        <span className="min-w-0 truncate text-bad" title={`${problem.message} ${problem.action}`}>
          {problem.message}
        </span>
      )}
      <Button look="quiet" icon={FolderSearch} onClick={() => reveal.run()}>
        Show in folder
      </Button>
      <Button look="quiet" icon={ExternalLink} onClick={() => open.run()}>
        Open
      </Button>
    </>
  );
}
