/** Called when a mark of a chart is clicked; filters all metrics by that column's value. */
export type OnMark = (column: string, value: string) => void;

/** Columns by which all metrics can be filtered. */
const columns = new Set(['event_name', 'team_id']);

export const canPick = (column: string): boolean => columns.has(column);
