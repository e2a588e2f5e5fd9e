import { Code2, Download } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { ErrorReport } from '../../../../contract/app-error';
import type { Model } from '../../../../contract/warehouse';
import { errorReportOf } from '../../client/error-report';
import { usePageActions } from '../../navigation/page-actions';
import { Button } from '../../components/button';
import { seriesIn } from '../../charts/export-caption';
import { saveFile, toPng, toSvgFile } from '../../charts/export-chart';
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

/** Exports the drawing or the rows, or opens the statement in the console. */
export function ExportButtons({ metric, found: { data, sql }, figure, slot }: ExportButtonsProps) {
  const openInConsole = useShowSql();
  const [error, setError] = useState<ErrorReport | null>(null);
  const save = async (kind: 'png' | 'svg' | 'csv') => {
    setError(null);
    try {
      const content = await contentOf(kind);
      if (content) saveFile(`${metric.name}.${kind}`, content);
    } catch (reason) {
      setError(errorReportOf(reason));
    }
  };
  const contentOf = async (kind: 'png' | 'svg' | 'csv'): Promise<Blob | null> => {
    if (kind === 'csv') return data && new Blob([toCsv(data)], { type: 'text/csv' });
    const svg = figure.current?.querySelector('figure svg');
    if (!(svg instanceof SVGSVGElement)) return null;
    const caption = { title: modelTitle(metric), series: figure.current ? seriesIn(figure.current) : [] };
    return kind === 'png' ? toPng(svg, caption) : new Blob([toSvgFile(svg, caption)], { type: 'image/svg+xml' });
  };
  const showSql = sql === null ? null : () => openInConsole(`${sql};\n`);
  usePageActions([
    ...kinds.map((kind) => ({
      id: `export ${kind}`,
      title: `Export ${kind.toUpperCase()}`,
      group: 'Metrics',
      words: 'save download chart picture',
      run: data ? () => void save(kind) : null,
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
          onClick={() => void save(kind)}
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
