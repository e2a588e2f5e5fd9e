/** Told that something on a chart stands for a value of a column, and was chosen: it becomes the filter of all metrics. */
export type Pick = (column: string, value: string) => void;

/** Columns by which all metrics can be filtered. */
const columns = new Set(['event_name', 'team_id']);

export const canPick = (column: string): boolean => columns.has(column);
