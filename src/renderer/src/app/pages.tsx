import { CalendarDays, ChartArea, History, House, Layers3, SquareTerminal, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import { OverviewPage } from '../pages/overview/overview-page';

export interface PageEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
  /** Loads the page's code ahead of the click. */
  readonly prefetch: () => Promise<unknown>;
}

function lazyPage(
  id: string,
  title: string,
  icon: LucideIcon,
  load: () => Promise<{ default: ComponentType }>,
): PageEntry {
  return { id, title, icon, Component: lazy(load), prefetch: load };
}

const overview: PageEntry = {
  id: 'overview',
  title: 'Overview',
  icon: House,
  Component: OverviewPage,
  prefetch: () => import('../generate/generate-dialog'),
};

/** The pages in the order of the sidebar. All but the first are loaded on demand, or when the window is idle. */
export const pages: readonly PageEntry[] = [
  overview,
  lazyPage('partitions', 'Partitions', CalendarDays, () => import('../pages/partitions/partitions-page')),
  lazyPage('layers', 'Layers', Layers3, () => import('../pages/layers/layers-page')),
  lazyPage('metrics', 'Metrics', ChartArea, () => import('../pages/metrics/metrics-page')),
  lazyPage('console', 'Console', SquareTerminal, () => import('../pages/console/console-page')),
  lazyPage('activity', 'Activity', History, () => import('../pages/activity/activity-page')),
];

/** The page of a route; unknown routes lead to the first page. */
export function findPage(id: string): PageEntry {
  return pages.find((page) => page.id === id) ?? overview;
}
