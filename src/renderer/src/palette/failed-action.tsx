import type { ErrorReport } from '../../../contract/app-error';
import { Dialog } from '../components/overlays/dialog';
import { ErrorNotice } from '../components/error-notice';

/** Shows why an action of the palette or the menu failed. Stays open until it is closed. */
export default function FailedAction({ error, onClose }: { error: ErrorReport; onClose: () => void }) {
  return (
    <Dialog title="Action failed" description="Nothing was changed." onClose={onClose}>
      <div className="p-5">
        <ErrorNotice error={error} />
      </div>
    </Dialog>
  );
}
