import { ChartSpline, Table2, Workflow } from 'lucide-react';
import type { CopyFormat, ExportFormat } from '../../../../contract/result-work';

export type PanelView = 'table' | 'chart' | 'plan';

export const views = [
  ['table', 'Table', Table2],
  ['chart', 'Chart', ChartSpline],
  ['plan', 'Plan', Workflow],
] as const;

export const copyFormats: readonly (readonly [CopyFormat, string])[] = [
  ['tsv', 'TSV, for spreadsheets'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['markdown', 'Markdown'],
];

export const exportFormats: readonly (readonly [ExportFormat, string])[] = [
  ['csv', 'CSV'],
  ['csv-as-text', 'CSV, formulas as text (for spreadsheets)'],
  ['parquet', 'Parquet'],
  ['json', 'JSON'],
];

export interface PanelToolbarProps {
  readonly view: PanelView;
  readonly onView: (view: PanelView) => void;
  readonly exporting: boolean;
  readonly onGoTo: (row: number) => void;
  readonly onCopy: (format: CopyFormat) => void;
  readonly onExport: (format: ExportFormat) => void;
  readonly onFind: () => void;
  readonly onInspect: () => void;
  readonly onProfile: () => void;
  readonly onShowColumns: () => void;
  /** Null where the statement can't become a metric. */
  readonly onSaveMetric: (() => void) | null;
}
