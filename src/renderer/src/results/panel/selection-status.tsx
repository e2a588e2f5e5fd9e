import { useCallback } from 'react';
import type { AreaSummary } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import { formatAmount, formatCount } from '../../format/numbers';
import type { SelectedArea } from '../grid/result-grid';
import { useAsked } from '../session/use-asked';

const averageDigits = 4;

/** Count, sum, average, minimum and maximum of the selection, as in spreadsheets. */
export function SelectionStatus({
  client,
  resultId,
  area,
}: {
  client: WarehouseClient;
  resultId: string;
  area: SelectedArea;
}) {
  const { firstRow, lastRow } = area;
  const columns = area.columns.join(' ');
  const ask = useCallback(
    (signal: AbortSignal) =>
      client.results.summarise({ resultId, firstRow, lastRow, columns: columns.split(' ').map(Number) }, { signal }),
    [client, resultId, firstRow, lastRow, columns],
  );
  const { answer, error } = useAsked(columns === '' ? null : ask);
  if (error) return <span className="text-bad">{error.message}</span>;
  const text = answer ? describe(answer) : '';
  return (
    <span aria-label="Selection" title={text}>
      {text}
    </span>
  );
}

function describe({ cells, count, sum, average, min, max }: AreaSummary): string {
  const parts = [formatAmount(cells, 'cell'), `count ${formatCount(count)}`];
  if (sum !== null) parts.push(`sum ${sum}`);
  if (average !== null) parts.push(`average ${roundedAverage(average)}`);
  if (min !== null) parts.push(`min ${shorten(min)}`);
  if (max !== null) parts.push(`max ${shorten(max)}`);
  return parts.join(' · ');
}

/** An average can have many digits; a few decimals are enough here, the profile has all. */
function roundedAverage(text: string): string {
  const [, whole = '', digits] = /^(-?\d+)\.(\d+)$/.exec(text) ?? [];
  if (digits === undefined || digits.length <= averageDigits) return shorten(text);
  return shorten(Number.isSafeInteger(Number(whole)) ? Number(text).toFixed(averageDigits) : text);
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
