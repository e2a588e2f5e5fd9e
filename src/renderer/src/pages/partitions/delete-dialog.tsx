import { Trash2 } from 'lucide-react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/overlays/dialog';
import { useFormats } from '../../format/use-formats';

export interface DeleteDialogProps {
  readonly dates: readonly string[];
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** Asks before days are deleted. */
export function DeleteDialog({ dates, onDelete, onClose }: DeleteDialogProps) {
  const formats = useFormats();
  const what = dates.length === 1 ? formats.dates(dates[0] ?? '') : formats.amount(dates.length, 'day');
  const span = dates.length > 1 ? formats.dates(` from ${dates[0] ?? ''} to ${dates.at(-1) ?? ''}`) : '';
  return (
    <Dialog
      title={`Delete ${what}?`}
      description={`The event files${span} move to the workspace trash. You can undo until the next refresh.`}
      onClose={onClose}
    >
      <div className="flex justify-end gap-2 px-5 py-4">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="destroy"
          icon={Trash2}
          onClick={() => {
            onDelete();
            onClose();
          }}
        >
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
