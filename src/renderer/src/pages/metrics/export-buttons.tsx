import { Code2, Download } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { ErrorReport } from '../../../../contract/app-error';
import type { Model } from '../../../../contract/warehouse';
import { errorReportOf } from '../../client/error-report';
import { Button } from '../../components/button';
import { saveFile, toPng, toSvgFile } from '../../components/chart/export-chart';
import { toCsv } from '../../components/chart/table-data';
import { ErrorNotice } from '../../components/error-notice';
import { useShowSql } from '../console/use-show-sql';
import type { MetricData } from './use-metric-data';

export interface ExportButtonsProps {
  readonly metric: Model;
  readonly found: MetricData;
  /** What holds the drawing. */
  readonly figure: RefObject<HTMLElement | null>;
  /** Where the buttons stand: in the head of the page, which has the room that the chart needs. */
  readonly slot: HTMLElement | null;
}

/** Takes what is shown elsewhere: the drawing, the rows, the statement. */
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
    return kind === 'png' ? toPng(svg) : new Blob([toSvgFile(svg)], { type: 'image/svg+xml' });
  };
  const buttons = (
    <>
      {(['png', 'svg', 'csv'] as const).map((kind) => (
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
      <Button icon={Code2} disabled={sql === null} onClick={() => sql !== null && openInConsole(`${sql};\n`)}>
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
