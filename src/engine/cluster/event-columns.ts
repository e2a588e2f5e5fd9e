/** Columns of the external table over the event files; the last one is the partition key. */
export const sourceColumns = {
  event_time: 'TIMESTAMP(6)',
  user_id: 'BIGINT',
  team_id: 'BIGINT',
  event_name: 'VARCHAR',
  properties: 'VARCHAR',
  date: 'DATE',
} as const;

/** Those that every event file must have. */
export const eventColumns: readonly string[] = Object.keys(sourceColumns).filter((name) => name !== 'date');
