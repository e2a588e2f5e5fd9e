import { ChartNoAxesColumn } from 'lucide-react';
import { EmptyState } from '../components/empty-state';

/** Why a metric has no rows. */
export const noRows = (filtered: boolean): string =>
  filtered ? 'No data matches this filter.' : 'This metric has no rows.';

/** Replaces the chart of a metric without rows. */
export function NoRowsToDraw({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState icon={ChartNoAxesColumn} title="No rows">
      {noRows(filtered)}
    </EmptyState>
  );
}

/** Explains why there is a table, but no chart. */
export function NothingToDraw() {
  return (
    <EmptyState icon={ChartNoAxesColumn} title="Nothing to draw">
      A chart needs a numeric column.
    </EmptyState>
  );
}
