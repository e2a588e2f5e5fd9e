import { z } from 'zod';
import { consoleTabSchema, type ConsoleTabs, type ConsoleTabState } from '../../contract/console';

/** A tab whose text can be found, even if the rest of it can't be read. */
const usableTabSchema = consoleTabSchema.extend({
  name: consoleTabSchema.shape.name.catch(null),
  query: consoleTabSchema.shape.query.catch(null),
  parameters: consoleTabSchema.shape.parameters.catch({}),
  on: consoleTabSchema.shape.on.catch('local'),
});

const usableTabsSchema = z.object({
  tabs: z.array(z.unknown()).catch([]),
  closed: z.array(z.unknown()).catch([]),
  activeId: z.string().nullable().catch(null),
});

/**
 * The usable part of a damaged list of tabs: each tab with an id, once.
 * @returns null if it isn't a list of tabs
 */
export function usableTabs(inFile: unknown): ConsoleTabs | null {
  const { data } = usableTabsSchema.safeParse(inFile);
  if (!data) return null;
  const seen = new Set<string>();
  const usable = (entries: readonly unknown[]): ConsoleTabState[] =>
    entries.flatMap((entry) => {
      const tab = usableTabSchema.safeParse(entry).data;
      if (!tab || seen.has(tab.id)) return [];
      seen.add(tab.id);
      return [tab];
    });
  return { tabs: usable(data.tabs), closed: usable(data.closed), activeId: data.activeId };
}
