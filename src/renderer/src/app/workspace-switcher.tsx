import { ChevronsUpDown, Folder, FolderOpen, FolderSearch, Warehouse } from 'lucide-react';
import { actions } from '../../../contract/actions';
import { useAppState, useJobsRunning } from '../client/live-state';
import { useMainAction } from '../client/queries';
import { ErrorNotice } from '../components/error-notice';
import { Menu, MenuItem, MenuLine } from '../components/overlays/menu';
import { keyText } from '../navigation/shortcut';

/** The name of the open workspace, and a menu to open others. */
export function WorkspaceSwitcher({ folder }: { folder: string }) {
  const recent = useAppState().value?.workspace.recent ?? [];
  const busy = useJobsRunning();
  const open = useMainAction<string>((client, chosen) => client.workspace.open({ folder: chosen }));
  const choose = useMainAction((client) => client.workspace.choose());
  const reveal = useMainAction((client) => client.workspace.reveal({ path: '.' }));
  const error = open.error ?? choose.error ?? reveal.error;
  const { name, parent } = nameOf(folder);
  return (
    <div className="px-2 pt-2.5 pb-2">
      <Menu
        label="Workspaces"
        trigger={
          <button
            type="button"
            aria-label={`Workspace ${name}`}
            title={folder}
            className="flex w-full items-center gap-2 rounded-medium px-1.5 py-1 text-left hover:bg-hover"
          >
            <span className="grid size-7 shrink-0 place-items-center rounded-medium bg-accent text-on-accent">
              <Warehouse size={16} aria-hidden />
            </span>
            <span className="min-w-0 flex-1 narrow:hidden">
              <span className="block truncate leading-4.5 font-medium">{name}</span>
              <span className="block truncate text-micro leading-3.5 text-ink-soft">{parent}</span>
            </span>
            <ChevronsUpDown size={13} aria-hidden className="-mr-1 shrink-0 text-ink-faint narrow:hidden" />
          </button>
        }
      >
        {recent.map((other) => (
          <MenuItem
            key={other}
            icon={Folder}
            checked={other === folder}
            disabled={busy && other !== folder}
            note={nameOf(other).parent}
            onSelect={() => other !== folder && open.run(other)}
          >
            {nameOf(other).name}
          </MenuItem>
        ))}
        {recent.length > 0 && <MenuLine />}
        <MenuItem
          icon={FolderOpen}
          disabled={busy}
          {...(busy && { note: 'Available when the current job finishes' })}
          hint={keyText(actions['open-workspace'].keys)}
          onSelect={() => choose.run()}
        >
          Open another folder…
        </MenuItem>
        <MenuItem icon={FolderSearch} onSelect={() => reveal.run()}>
          Show in file manager
        </MenuItem>
      </Menu>
      {error && <ErrorNotice error={error} className="mt-2" />}
    </div>
  );
}

function nameOf(folder: string): { readonly name: string; readonly parent: string } {
  const [, parent = '', name = folder] = /^(.*)[\\/]([^\\/]+)[\\/]*$/.exec(folder) ?? [];
  return { name, parent };
}
