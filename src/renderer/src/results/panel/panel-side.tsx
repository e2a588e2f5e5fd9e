import type { ResultFilter } from '../../../../contract/result-work';
import type { Engine } from '../../../../contract/warehouse';
import type { WarehouseClient } from '../../client/connection';
import type { OpenedResult } from '../rows/open-windows';
import { embeddable, overStatement } from '../session/statement-sql';
import { CellInspector } from './cell-inspector';
import { ColumnProfilePane } from './column-profile';
import { extractedColumnsSql, type JsonColumn } from './json/json-columns';
import { jsonPathText } from './json/json-path';
import type { PanelState } from './use-panel-state';

export interface PanelSideProps {
  readonly state: PanelState;
  readonly client: WarehouseClient;
  readonly shown: OpenedResult;
  readonly sql: string;
  readonly on: Engine;
  readonly onFilter: (filter: ResultFilter) => void;
  readonly onCopy: (text: string) => void;
  readonly onShowSql: (sql: string) => void;
  /** Replaces the statement in its tab and runs it; null if there is none. */
  readonly onRerun: ((change: (text: string) => string) => void) | null;
}

/** The side pane of the grid: the active cell or the profile of a column. */
export function PanelSide({ state, client, shown, sql, on, onFilter, onCopy, onShowSql, onRerun }: PanelSideProps) {
  const { area, side, setSide } = state;
  const { resultId, columns, rows } = shown.result;
  const { row, column: place } = area?.active ?? { row: 0, column: 0 };
  const inner = on === 'local' ? embeddable(sql) : null;
  const onClose = () => setSide(null);
  const unknown = { name: '', type: '' };
  if (side?.kind === 'profile') {
    return (
      <ColumnProfilePane
        client={client}
        resultId={resultId}
        columnIndex={side.column}
        {...(columns[side.column] ?? unknown)}
        onShowSql={inner === null ? null : (profileSql) => onShowSql(overStatement(inner, profileSql))}
        onClose={onClose}
      />
    );
  }
  if (side?.kind !== 'cell' || rows === 0) return null;
  const column = columns[place] ?? unknown;
  const onExtract = (picked: readonly JsonColumn[]) => {
    const extracted = (statement: string) =>
      extractedColumnsSql(embeddable(statement) ?? statement, place, picked, columns);
    if (onRerun) onRerun(extracted);
    else onShowSql(extracted(sql));
  };
  return (
    <CellInspector
      client={client}
      resultId={resultId}
      row={Math.min(row, rows - 1)}
      columnIndex={place}
      column={column}
      onFilter={(value, path) =>
        onFilter({
          column: place,
          ...(path && { path: jsonPathText(path) }),
          operator: value === null ? 'is null' : 'equals',
          value: value ?? '',
        })
      }
      onCopy={onCopy}
      onExtract={inner === null ? null : onExtract}
      onClose={onClose}
    />
  );
}
