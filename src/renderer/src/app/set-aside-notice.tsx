import { X } from 'lucide-react';
import { useState } from 'react';
import { useAppState } from '../client/live-state';
import { Button } from '../components/button';
import { Notice } from '../components/notice';

/** Lists the app's own files that were damaged, and where they were moved, until it is dismissed. */
export function SetAsideNotice() {
  const all = useAppState().value?.setAside ?? [];
  const [dismissed, setDismissed] = useState(0);
  const shown = all.slice(dismissed);
  if (shown.length === 0) return null;
  return (
    <div className="p-2">
      <Notice
        tone="warn"
        action={<Button look="quiet" icon={X} aria-label="Dismiss" onClick={() => setDismissed(all.length)} />}
      >
        <p className="font-medium">
          {shown.length === 1 ? 'One of the app’s own files was damaged.' : 'Some of the app’s own files were damaged.'}{' '}
          Your workspaces are not affected.
        </p>
        <ul className="max-h-24 overflow-auto">
          {shown.map(({ file, keptAs, reason }) => (
            <li key={`${file} ${keptAs}`} className="break-words">
              {file}: {reason}. {keptAs === null ? 'It could not be kept.' : `It was kept as ${keptAs}.`}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
