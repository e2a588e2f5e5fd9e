import { Code2, Download } from 'lucide-react';
import type { RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { Model } from '../../../../contract/warehouse';
import { useSavePicture } from '../../charts/export/use-save-picture';
import { useConnection } from '../../client/connection-context';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { useShowSql } from '../../console/use-show-sql';
import { modelTitle } from '../../format/model-title';
import { usePageActions } from '../../navigation/page-actions';
import { useFileToast } from '../../notifications/use-file-toast';
import { useExport } from '../../results/panel/use-export';
import type { QueryState } from '../../results/session/query-session';

/** The rows in the table of a metric. */
export interface ShownTable {
  readonly state: QueryState;
  /** Null until known. */
  readonly sql: string | null;
}

export interface ExportButtonsProps {
  readonly metric: Model;
  readonly table: ShownTable;
  /** The element with the drawing. */
  readonly figure: RefObject<HTMLElement | null>;
  /** Container of the buttons: in the page header, to leave the space to the chart. */
  readonly slot: HTMLElement | null;
}

const kinds = ['png', 'svg', 'csv'] as const;
type Kind = (typeof kinds)[number];
const nothing = { resultId: '', columns: [] };

/** Exports the drawing or the rows of the table, or opens their statement in the console. */
export function ExportButtons({ metric, table: { state, sql }, figure, slot }: ExportButtonsProps) {
  const openInConsole = useShowSql();
  const tell = useFileToast();
  const client = useConnection().warehouse?.client ?? null;
  const result = state.status === 'done' ? state.outcome.result : null;
  const rows = useExport(client, result ?? nothing, null, { name: metric.name, onDone: tell });
  const picture = useSavePicture(figure, metric.name, () => ({
    title: modelTitle(metric),
    note: figure.current?.querySelector('[data-chart-note]')?.textContent || null,
  }));
  const save = (kind: Kind) => (kind === 'csv' ? rows.start(kind) : picture.run(kind));
  const error = rows.state.status === 'failed' ? rows.state.error : picture.error;
  const showSql = sql === null ? null : () => openInConsole(`${sql};\n`);
  usePageActions([
    ...kinds.map((kind) => ({
      id: `export ${kind}`,
      title: `Export ${kind.toUpperCase()}`,
      group: 'Metrics',
      words: 'save download chart picture',
      run: result ? () => save(kind) : null,
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
          disabled={!result}
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
