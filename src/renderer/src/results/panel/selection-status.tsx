import type { AreaSummary } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import type { SelectedArea } from '../grid/result-grid';
import { useResultQuery } from '../session/use-result-query';

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
  const formats = useFormats();
  const { firstRow, lastRow, columns } = area;
  const summarised = { firstRow, lastRow, columns: [...columns] };
  const { answer, error } = useResultQuery(
    resultId,
    ['summary', summarised],
    columns.length === 0 ? null : (signal) => client.results.summarise({ resultId, ...summarised }, { signal }),
  );
  if (error) return <span className="text-bad">{error.message}</span>;
  const text = answer ? describe(answer, formats) : '';
  return (
    <span aria-label="Selection" title={text}>
      {text}
    </span>
  );
}

function describe({ cells, count, sum, average, min, max }: AreaSummary, formats: Formats): string {
  const parts = [formats.amount(cells, 'cell'), `count ${formats.count(count)}`];
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
