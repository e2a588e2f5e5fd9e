import { Search, Settings } from 'lucide-react';
import { actionOf, isActionId } from '../../../contract/actions';
import { classNames } from '../components/class-names';
import { JobIndicator } from './job-indicator';
import { pages } from './pages';
import { Button } from '../components/button';
import { useShowOverlay } from '../palette/overlays';
import { hrefTo } from '../navigation/route';
import { withKeys } from '../navigation/shortcut';
import { WorkspaceSwitcher } from './workspace-switcher';

/** The pages, search, settings and the running jobs. */
export function Sidebar({ folder, currentPage }: { folder: string; currentPage: string }) {
  const show = useShowOverlay();
  return (
    <aside className="flex w-50 shrink-0 flex-col overflow-y-auto narrow:w-14 border-r border-line bg-canvas">
      <WorkspaceSwitcher folder={folder} />
      <nav aria-label="Pages" className="flex flex-col gap-px px-2">
        {pages.map(({ id, title, icon: Icon }) => (
          <a
            key={id}
            href={hrefTo(id)}
            aria-current={id === currentPage ? 'page' : undefined}
            {...withKeys(actionOfPage(id, title))}
            draggable={false}
            className={classNames(
              'flex h-8 shrink-0 items-center gap-2.5 rounded-medium px-2.5 font-medium transition-colors narrow:justify-center',
              id === currentPage ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink',
            )}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden className={id === currentPage ? 'text-accent-ink' : ''} />
            <span className="narrow:sr-only">{title}</span>
          </a>
        ))}
      </nav>
      <div className="mt-auto p-2">
        <JobIndicator currentPage={currentPage} />
        <div className="mt-2 flex items-center gap-1 narrow:flex-col narrow:items-center">
          <Button
            look="quiet"
            icon={Search}
            onClick={() => show('palette')}
            {...withKeys(actionOf('command-palette'))}
            className="min-w-0 flex-1 justify-start"
          >
            <span className="narrow:sr-only">Search actions</span>
          </Button>
          <Button
            look="quiet"
            icon={Settings}
            aria-label="Settings"
            onClick={() => show('settings')}
            {...withKeys(actionOf('settings'))}
          />
        </div>
      </div>
    </aside>
  );
}

/** Every page has an action that opens it. */
function actionOfPage(id: string, title: string) {
  const action = `go-${id}`;
  return isActionId(action) ? actionOf(action) : { title };
}
