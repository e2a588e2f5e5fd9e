/**
 * The actions of the window, run from the command palette, by shortcut or from the native menu: the one list behind
 * palette, shortcut sheet, tooltips and menu. The renderer's `app/use-actions.ts` runs them.
 */
export interface ActionEntry {
  readonly title: string;
  readonly group: 'Go to' | 'Data' | 'Workspace' | 'App' | 'Theme' | 'View' | 'Help';
  /** `Mod` is Cmd on a Mac, Ctrl elsewhere. */
  readonly keys?: string;
  /** Other search terms for it. */
  readonly words?: string;
}

export const actions = {
  'go-overview': { title: 'Overview', group: 'Go to', keys: 'Mod+1' },
  'go-partitions': { title: 'Partitions', group: 'Go to', keys: 'Mod+2', words: 'days files calendar' },
  'go-layers': { title: 'Layers', group: 'Go to', keys: 'Mod+3', words: 'models lineage bronze silver gold' },
  'go-metrics': { title: 'Metrics', group: 'Go to', keys: 'Mod+4', words: 'charts' },
  'go-console': { title: 'Console', group: 'Go to', keys: 'Mod+5', words: 'sql query' },
  'go-activity': { title: 'Activity', group: 'Go to', keys: 'Mod+6', words: 'runs history log' },
  generate: { title: 'Generate…', group: 'Data', keys: 'Mod+Shift+E', words: 'events run recipe' },
  refresh: { title: 'Refresh', group: 'Data', keys: 'Mod+Shift+R', words: 'build models' },
  'full-refresh': { title: 'Full refresh', group: 'Data', words: 'rebuild everything' },
  'partial-refresh': { title: 'Refresh without damaged files', group: 'Data', words: 'skip leave out' },
  advance: { title: 'Add the next day', group: 'Data', words: 'advance append events' },
  cancel: { title: 'Cancel the running job or query', group: 'Data', keys: 'Mod+.', words: 'stop run refresh sql' },
  'undo-delete': { title: 'Undo delete days', group: 'Data', words: 'restore partitions last deletion' },
  'release-file': { title: 'Release database file', group: 'Data', words: 'close detach' },
  'open-workspace': { title: 'Open workspace…', group: 'Workspace', keys: 'Mod+O', words: 'folder switch' },
  'show-folder': { title: 'Show workspace folder', group: 'Workspace', words: 'reveal files' },
  'open-sample': { title: 'Open a new sample workspace', group: 'Workspace', words: 'example demo' },
  'command-palette': { title: 'Command palette', group: 'App', keys: 'Mod+K', words: 'search actions' },
  shortcuts: { title: 'Keyboard shortcuts', group: 'App', keys: '?', words: 'keys help' },
  settings: { title: 'Settings…', group: 'App', keys: 'Mod+,', words: 'preferences threads memory format' },
  'theme-system': { title: 'Use system theme', group: 'Theme', words: 'colour' },
  'theme-light': { title: 'Use light theme', group: 'Theme', words: 'colour' },
  'theme-dark': { title: 'Use dark theme', group: 'Theme', words: 'colour night' },
  'zoom-in': { title: 'Zoom in', group: 'View', words: 'larger text letters' },
  'zoom-out': { title: 'Zoom out', group: 'View', words: 'smaller text letters' },
  'reset-zoom': { title: 'Actual size', group: 'View', words: 'reset zoom text letters' },
  'full-screen': { title: 'Toggle full screen', group: 'View', words: 'maximise on off' },
  'open-logs': { title: 'Open Logs', group: 'Help', words: 'files errors' },
  'copy-diagnostics': { title: 'Copy Diagnostics', group: 'Help', words: 'versions report problem' },
  licences: { title: 'Licences', group: 'Help', words: 'open source packages' },
  about: { title: 'About Micro Warehouse', group: 'Help', words: 'version' },
} as const satisfies Record<string, ActionEntry>;

/** Shortcuts that are handled by a part of the window, not by the window as a whole. */
export const partKeys = {
  run: { title: 'Run selection, or statement at cursor', group: 'Console', keys: 'Mod+Enter' },
  'run-all': { title: 'Run all statements', group: 'Console', keys: 'Mod+Shift+Enter' },
  'save-query': { title: 'Save query', group: 'Console', keys: 'Mod+S' },
  'new-tab': { title: 'New tab', group: 'Console', keys: 'Mod+T' },
  'close-tab': { title: 'Close tab', group: 'Console', keys: 'Mod+W' },
  'next-tab': { title: 'Next tab', group: 'Console', keys: 'Mod+PageDown' },
  'previous-tab': { title: 'Previous tab', group: 'Console', keys: 'Mod+PageUp' },
  regions: { title: 'Go to schema, editor or result', group: 'Console', keys: 'F6' },
  'reopen-tab': { title: 'Reopen closed tab', group: 'Console', keys: 'Mod+Shift+T' },
  find: { title: 'Find in the SQL, or in the result', group: 'Console', keys: 'Mod+F' },
  comment: { title: 'Toggle comment', group: 'Console', keys: 'Mod+/' },
  'copy-cells': { title: 'Copy selected cells', group: 'Result', keys: 'Mod+C' },
  'all-cells': { title: 'Select all cells', group: 'Result', keys: 'Mod+A' },
  messages: { title: 'Go to notifications', group: 'App', keys: 'F8' },
  'walk-lineage': { title: 'Move between models', group: 'Layers', keys: 'Arrow keys' },
  'move-lineage': { title: 'Pan the lineage', group: 'Layers', keys: 'Shift+Arrow keys' },
  'zoom-in': { title: 'Zoom in', group: 'Layers', keys: '=' },
  'zoom-out': { title: 'Zoom out', group: 'Layers', keys: '-' },
  'show-lineage': { title: 'Show all models', group: 'Layers', keys: '0' },
  inspect: { title: 'Inspect cell', group: 'Result', keys: 'Enter' },
} as const satisfies Record<string, { title: string; group: string; keys: string }>;

export type ActionId = keyof typeof actions;

export const actionIds = Object.keys(actions).filter(isActionId);

/** Actions on the window and the app as a whole: main runs them, with or without a workspace. */
export const appActions = [
  'zoom-in',
  'zoom-out',
  'reset-zoom',
  'full-screen',
  'open-logs',
  'copy-diagnostics',
  'licences',
  'about',
] as const satisfies readonly ActionId[];
export type AppAction = (typeof appActions)[number];

export function isActionId(id: string): id is ActionId {
  return id in actions;
}

/** The entry of an action, widened to the common type. */
export function actionOf(id: ActionId): ActionEntry {
  return actions[id];
}
