import type { PageAction } from '../../navigation/page-actions';
import { copyFormats, exportFormats, views, type PanelToolbarProps } from './panel-choices';

const group = 'Result';

/** Actions of the open result for the palette: the same as its toolbar. */
export function panelActionsOf(toolbar: PanelToolbarProps): PageAction[] {
  const { view, onView, exporting } = toolbar;
  return [
    ...views.map(([id, title]) => ({
      id: `result-view ${id}`,
      title: `Show the result as ${title.toLowerCase()}`,
      group,
      run: id === view ? null : () => onView(id),
      whyNot: 'Already shown.',
    })),
    ...exportFormats.map(([format, title]) => ({
      id: `result-export ${format}`,
      title: `Export the result as ${title}`,
      group,
      words: 'save download file',
      run: exporting ? null : () => toolbar.onExport(format),
      whyNot: 'An export is running.',
    })),
    ...copyFormats.map(([format, title]) => ({
      id: `result-copy ${format}`,
      title: `Copy as ${title}`,
      group,
      words: 'clipboard cells',
      run: () => toolbar.onCopy(format),
    })),
    { id: 'result-find', title: 'Find in result…', group, words: 'search rows', run: toolbar.onFind },
    { id: 'result-inspect', title: 'Inspect cell', group, words: 'json value', run: toolbar.onInspect },
    { id: 'result-profile', title: 'Profile column', group, words: 'histogram nulls', run: toolbar.onProfile },
    { id: 'result-columns', title: 'Show all columns', group, words: 'hidden', run: toolbar.onShowColumns },
    {
      id: 'result-metric',
      title: 'Save as metric…',
      group,
      words: 'model gold',
      run: toolbar.onSaveMetric,
      whyNot: 'A metric is written in DuckDB SQL; this query ran on the cluster.',
    },
  ];
}
