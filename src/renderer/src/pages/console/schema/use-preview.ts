import { useEffect, useRef, useState } from 'react';
import { nameOf } from './schema-nodes';
import type { SchemaRow } from './schema-rows';
import type { PreviewedSource } from './source-preview';
import type { SourceSql } from './source-sql';

/** The mouse rests that long on a row before its preview opens. */
const hoverMs = 600;

/** The preview that the mouse or Space has opened. */
export function usePreview(sources: SourceSql) {
  const [preview, setPreview] = useState<PreviewedSource | null>(null);
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (row: SchemaRow | null, element: Element | null) => {
    clearTimeout(timer.current);
    const sql = row && isSource(row) ? sources.of(row.item) : null;
    if (!row || !element || sql === null) return setPreview(null);
    const { top } = element.getBoundingClientRect();
    const { right = 0 } = element.closest('aside')?.getBoundingClientRect() ?? {};
    const sessionId = 'source' in row.item && row.item.source.kind === 'temporary' ? row.item.source.sessionId : null;
    setPreview({
      title: nameOf(row.item),
      statement: { on: sources.on, sql: sources.preview(sql) },
      sessionId,
      at: { x: right + 6, y: top },
    });
  };
  const hover = (row: SchemaRow | null, element: Element | null) => {
    clearTimeout(timer.current);
    // Each preview is a query there: only when it is asked for.
    if (sources.on === 'local' && row && element) timer.current = window.setTimeout(() => show(row, element), hoverMs);
    else setPreview(null);
  };
  return { preview, show, hover };
}

function isSource({ item }: SchemaRow): boolean {
  return item.kind === 'table' || item.kind === 'file' || (item.kind === 'remote' && item.of === 'table');
}
