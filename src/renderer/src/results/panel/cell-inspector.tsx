import { useMemo } from 'react';
import type { Column } from '../../../../contract/column-type';
import type { WarehouseClient } from '../../client/connection';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import { ExtractBar } from './json/extract-bar';
import type { JsonColumn } from './json/json-columns';
import { jsonPathText, type JsonPath } from './json/json-path';
import { readJsonText } from './json/json-text';
import { JsonTree } from './json/json-tree';
import { LongText } from './json/long-text';
import { SidePane } from './side-pane';
import { useExtract } from './json/use-extract';
import { useResultQuery } from '../session/use-result-query';

export interface CellInspectorProps {
  readonly client: WarehouseClient;
  readonly resultId: string;
  readonly row: number;
  readonly columnIndex: number;
  readonly column: Column;
  /** @param path of the value within the cell; the cell's own value if omitted */
  readonly onFilter: (value: string | null, path?: JsonPath) => void;
  readonly onCopy: (text: string) => void;
  /** Null if the statement is unknown. */
  readonly onExtract: ((columns: readonly JsonColumn[]) => void) | null;
  readonly onClose: () => void;
}

/** One cell in full: its text, and a tree of nested values. */
export function CellInspector(props: CellInspectorProps) {
  const formats = useFormats();
  const { client, resultId, row, columnIndex, column, onFilter, onCopy, onExtract, onClose } = props;
  const cell = { row, column: columnIndex };
  const { answer, error } = useResultQuery(resultId, ['cell', cell], (signal) =>
    client.results.cell({ resultId, ...cell }, { signal }),
  );
  const tree = useMemo(() => (answer?.json ? readJsonText(answer.json) : null), [answer]);
  const extract = useExtract(tree, (columns) => onExtract?.(columns));
  return (
    <SidePane title={column.name || 'Cell'} note={`row ${formats.count(row + 1)} · ${column.type}`} onClose={onClose}>
      {error && <ErrorNotice error={error} />}
      {!answer && !error && <Skeleton className="h-16" />}
      {answer && (
        <>
          <div className="mb-3 flex flex-wrap gap-1.5">
            <Button onClick={() => onFilter(answer.text)}>Filter by this value</Button>
            <Button disabled={answer.text === null} onClick={() => onCopy(answer.text ?? '')}>
              Copy
            </Button>
          </div>
          {tree ? (
            <>
              <JsonTree
                value={tree}
                onCopyPath={(path) => onCopy(jsonPathText(path))}
                onFilter={(path, value) => onFilter(value, path)}
                extract={onExtract && extract.tree}
              />
              {onExtract && <ExtractBar {...extract.bar} />}
            </>
          ) : (
            <CellText key={`${row} ${columnIndex}`} text={answer.text} />
          )}
          {answer.text !== null && (
            <p className="mt-3 text-small text-ink-faint">{formats.count(answer.length)} characters</p>
          )}
        </>
      )}
    </SidePane>
  );
}

function CellText({ text }: { text: string | null }) {
  if (text === null) return <p className="text-ink-faint">NULL (no value)</p>;
  if (text === '') return <p className="text-ink-faint">Empty string</p>;
  return (
    <pre className="font-mono text-small break-words whitespace-pre-wrap">
      <LongText text={text} />
    </pre>
  );
}
