import { Warehouse } from 'lucide-react';
import { classNames } from '../components/class-names';
import { JobIndicator } from './job-indicator';
import { pages } from './pages';
import { hrefTo } from './route';

/** Where one is, where one can go, and what is under way. */
export function Sidebar({ folder, currentPage }: { folder: string; currentPage: string }) {
  return (
    <aside className="flex w-50 shrink-0 flex-col border-r border-line bg-canvas">
      <WorkspaceName folder={folder} />
      <nav aria-label="Pages" className="flex flex-col gap-px px-2">
        {pages.map(({ id, title, icon: Icon }) => (
          <a
            key={id}
            href={hrefTo(id)}
            aria-current={id === currentPage ? 'page' : undefined}
            draggable={false}
            className={classNames(
              'flex h-8 items-center gap-2.5 rounded-medium px-2.5 font-medium transition-colors',
              id === currentPage ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink',
            )}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden className={id === currentPage ? 'text-accent-ink' : ''} />
            {title}
          </a>
        ))}
      </nav>
      <div className="mt-auto p-2">
        <JobIndicator currentPage={currentPage} />
      </div>
    </aside>
  );
}

function WorkspaceName({ folder }: { folder: string }) {
  const [, parent = '', name = folder] = /^(.*)[\\/]([^\\/]+)[\\/]*$/.exec(folder) ?? [];
  return (
    <div className="flex items-center gap-2.5 px-4 pt-3.5 pb-3" title={folder}>
      <span className="grid size-7 shrink-0 place-items-center rounded-medium bg-accent text-on-accent">
        <Warehouse size={16} aria-hidden />
      </span>
      <div className="min-w-0">
        <p className="truncate leading-4.5 font-semibold">{name}</p>
        <p className="truncate text-micro leading-3.5 text-ink-faint">{parent}</p>
      </div>
    </div>
  );
}
