import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { partKeys } from '../../../../contract/actions';
import type { SavedQuery } from '../../../../contract/console';
import { keyText } from '../../navigation/shortcut';
import { useToast } from '../../notifications/toast-context';
import { useMainAction } from '../../client/queries';
import type { Watched } from '../../client/use-watch';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import type { ConsoleTabs } from '../../console/console-tabs';

/** The `.sql` files in `queries/`. */
export function QueryList({ tabs, queries: { value, error } }: { tabs: ConsoleTabs; queries: Watched<SavedQuery[]> }) {
  const [renamed, setRenamed] = useState<string | null>(null);
  const toast = useToast();
  const rename = useMainAction((_, { from, to }: { from: string; to: string }) => tabs.queries.rename(from, to));
  const restore = useMainAction((_, bringBack: () => Promise<void>) => bringBack());
  const remove = useMainAction(async (_, name: string) => {
    const bringBack = await tabs.queries.remove(name);
    const undo = { title: 'Undo', run: () => restore.run(bringBack) };
    toast({ text: `Deleted ${name}`, note: 'The file was removed from queries/.', tone: 'info', actions: [undo] });
  });
  const problem = error ?? rename.error ?? remove.error ?? restore.error;
  if (!value && !problem) return <SkeletonRows rows={4} />;
  return (
    <div className="flex h-full flex-col overflow-y-auto p-1.5">
      {problem && <ErrorNotice error={problem} className="m-1.5" />}
      {value?.length === 0 && (
        <p className="p-2 text-small text-ink-soft">
          No saved queries. Press {keyText(partKeys['save-query'].keys)} to save this tab to queries/.
        </p>
      )}
      <ul aria-label="Saved queries">
        {value?.map(({ name }) => (
          <li key={name} className="group flex items-center rounded-medium focus-within:bg-hover hover:bg-hover">
            {renamed === name ? (
              <RenameInput
                name={name}
                onDone={(to) => {
                  if (to !== null && to !== name) rename.run({ from: name, to });
                  setRenamed(null);
                }}
              />
            ) : (
              <Query
                name={name}
                onOpen={() => void tabs.queries.open(name)}
                onRename={() => setRenamed(name)}
                onRemove={() => remove.run(name)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface QueryProps {
  readonly name: string;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}

function Query({ name, onOpen, onRename, onRemove }: QueryProps) {
  const look = 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100';
  return (
    <>
      <button type="button" onClick={onOpen} className="h-7 min-w-0 flex-1 truncate px-2 text-left">
        {name.replace(/\.sql$/, '')}
      </button>
      <Button look="quiet" icon={Pencil} aria-label={`Rename ${name}`} onClick={onRename} className={look} />
      <Button look="quiet" icon={Trash2} aria-label={`Delete ${name}`} onClick={onRemove} className={look} />
    </>
  );
}

function RenameInput({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const [text, setText] = useState(name.replace(/\.sql$/, ''));
  return (
    <input
      aria-label="Query name"
      value={text}
      ref={(input) => input?.focus()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim() === '' ? null : `${text.trim().replace(/\.sql$/i, '')}.sql`)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') onDone(null);
      }}
      className="h-7 min-w-0 flex-1 rounded-medium border border-line-strong bg-surface px-2"
    />
  );
}
