import { Code2, Download } from 'lucide-react';
import type { RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { Model } from '../../../../contract/warehouse';
import { usePageActions } from '../../navigation/page-actions';
import { Button } from '../../components/button';
import { saveFile } from '../../charts/export-chart';
import { useSavePicture } from '../../charts/use-save-picture';
import { toCsv } from '../../charts/data/table-data';
import { ErrorNotice } from '../../components/error-notice';
import { modelTitle } from '../../format/model-title';
import { useShowSql } from '../../console/use-show-sql';
import type { MetricData } from '../../metrics/use-metric-data';

export interface ExportButtonsProps {
  readonly metric: Model;
  readonly found: MetricData;
  /** The element with the drawing. */
  readonly figure: RefObject<HTMLElement | null>;
  /** Container of the buttons: in the page header, to leave the space to the chart. */
  readonly slot: HTMLElement | null;
}

const kinds = ['png', 'svg', 'csv'] as const;
type Kind = (typeof kinds)[number];

/** Exports the drawing or the rows, or opens the statement in the console. */
export function ExportButtons({ metric, found: { data, sql }, figure, slot }: ExportButtonsProps) {
  const openInConsole = useShowSql();
  const picture = useSavePicture(figure, metric.name, () => ({
    title: modelTitle(metric),
    note: figure.current?.querySelector('[data-chart-note]')?.textContent || null,
  }));
  const save = (kind: Kind) => {
    if (kind !== 'csv') picture.run(kind);
    else if (data) saveFile(`${metric.name}.csv`, new Blob([toCsv(data)], { type: 'text/csv' }));
  };
  const { error } = picture;
  const showSql = sql === null ? null : () => openInConsole(`${sql};\n`);
  usePageActions([
    ...kinds.map((kind) => ({
      id: `export ${kind}`,
      title: `Export ${kind.toUpperCase()}`,
      group: 'Metrics',
      words: 'save download chart picture',
      run: data ? () => save(kind) : null,
      whyNot: 'Still loading.',
    })),
    { id: 'show-sql', title: 'Show SQL', group: 'Metrics', words: 'console', run: showSql, whyNot: 'Not available.' },
  ]);
  const buttons = (
    <>
      {kinds.map((kind) => (
        <Button
          key={kind}
          icon={Download}
          disabled={!data}
          aria-label={`Export ${kind.toUpperCase()}`}
          onClick={() => save(kind)}
        >
          {kind.toUpperCase()}
        </Button>
      ))}
      <Button icon={Code2} disabled={showSql === null} onClick={() => showSql?.()}>
        Show SQL
      </Button>
    </>
  );
  return (
    <>
      {slot && createPortal(buttons, slot)}
      {error && <ErrorNotice error={error} />}
    </>
  );
}
