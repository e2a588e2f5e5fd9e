import type { ErrorReport } from '../../../contract/app-error';
import { Dialog } from '../components/overlays/dialog';
import { ErrorNotice } from '../components/error-notice';

/** Why an action of the palette or the menu did not work. It stays until it is closed, so that it can be read. */
export default function FailedAction({ error, onClose }: { error: ErrorReport; onClose: () => void }) {
  return (
    <Dialog title="Action failed" description="Nothing was changed." onClose={onClose}>
      <div className="p-5">
        <ErrorNotice error={error} />
      </div>
    </Dialog>
  );
}
