import { useEffect, useMemo, useState } from 'react';
import type { WarehouseClient } from '../../../client/connection';
import { foundKey, type FoundMarks, type ResultCell } from '../../grid/grid-row';
import { useResultQuery } from '../../session/use-result-query';
import { findPlace, foundTotal } from './find-place';

/** The search follows the typing after that time. */
const restMs = 180;

export type Find = ReturnType<typeof useFind>;

/**
 * A search in the whole result, in the warehouse process.
 * @param columns the visible columns in their order
 * @param onGo called with each match that the search goes to
 */
export function useFind(
  client: WarehouseClient,
  resultId: string,
  columns: readonly number[],
  onGo: (cell: ResultCell) => void,
) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [number, setNumber] = useState(0);
  const wanted = useRested(text);
  const request = { resultId, text: wanted, columns: [...columns] };
  const asks = isOpen && wanted !== '' && columns.length > 0;
  const counted = useResultQuery(
    resultId,
    ['find', wanted, columns],
    asks ? (signal) => client.results.find(request, { signal }) : null,
  );
  const blocks = asks && !counted.pending ? counted.answer : null;
  const total = blocks ? foundTotal(blocks) : null;
  const place = blocks ? findPlace(blocks, number) : null;
  const block = place?.block ?? null;
  const listed = useResultQuery(
    resultId,
    ['found', wanted, columns, block],
    block === null ? null : (signal) => client.results.foundInBlock({ ...request, block }, { signal }),
  );
  const cells = block !== null && !listed.pending ? listed.answer : null;
  const current = (place && cells?.[place.within]) ?? null;
  useEffect(() => {
    if (current) onGo(current);
    // Only where the search goes, not with every render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  // Another text or another order of the rows begins at the first match.
  useEffect(() => setNumber(0), [wanted, resultId]);
  const marks = useMemo(
    (): FoundMarks | null => (cells ? { cells: new Set(cells.map(foundKey)), current } : null),
    [cells, current],
  );
  return {
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    text,
    setText,
    /** Number of the match that the search stands at, from 0. */
    number,
    /** Null while they are being counted, and without a text. */
    total,
    error: counted.error ?? listed.error,
    pending: asks && counted.pending,
    marks,
    step: (by: 1 | -1) => {
      if (total) setNumber((number + by + total) % total);
    },
  };
}

/** A text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
