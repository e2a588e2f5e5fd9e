import { actionIds, actionOf, partKeys } from '../../../contract/actions';
import { Dialog } from '../components/overlays/dialog';
import { KeyCaps } from '../navigation/key-caps';

const shortcuts: readonly { title: string; group: string; keys: string }[] = [
  ...actionIds.map(actionOf).flatMap(({ title, group, keys }) => (keys === undefined ? [] : [{ title, group, keys }])),
  ...Object.values(partKeys),
];
const groups = [...new Set(shortcuts.map(({ group }) => group))];

/** All shortcuts, grouped by place. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      wide
      title="Keyboard shortcuts"
      description="Shortcuts work everywhere unless a page is named."
      onClose={onClose}
    >
      <div
        tabIndex={0}
        role="region"
        aria-label="Shortcuts"
        className="columns-2 gap-8 overflow-y-auto p-5 -outline-offset-2"
      >
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-small font-medium text-ink-soft">{group}</h3>
            <ul>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ title, keys }) => (
                  <li key={title} className="flex min-h-8 items-center justify-between gap-4 border-b border-line">
                    {title}
                    <KeyCaps keys={keys} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
