import { z } from 'zod';

export const themes = ['system', 'light', 'dark'] as const;
/** `1,234.5`, `1.234,5` and `1 234,5`. */
export const numberFormats = ['comma', 'point', 'space'] as const;
/** `2025-11-24`, `24.11.2025` and `11/24/2025`. */
export const dateFormats = ['iso', 'day-first', 'month-first'] as const;

const fields = {
  theme: z.enum(themes),
  /** Threads of DuckDB, and workers that Generate suggests; null takes what the machine has. */
  threads: z.int().min(1).max(256).nullable(),
  /** Most memory of the warehouse before it spills to disk, in MB; null takes half of the machine's. */
  memoryMb: z.int().min(256).max(1_000_000).nullable(),
  /** Minutes without use after which the database file is let go. */
  idleReleaseMinutes: z.int().min(1).max(1_440),
  numberFormat: z.enum(numberFormats),
  dateFormat: z.enum(dateFormats),
};

/** What the user may set. Where a value can't be read its default stands in: settings are never worth a failed start. */
export const settingsSchema = z.object({
  theme: fields.theme.catch('system'),
  threads: fields.threads.catch(null),
  memoryMb: fields.memoryMb.catch(null),
  idleReleaseMinutes: fields.idleReleaseMinutes.catch(5),
  numberFormat: fields.numberFormat.catch('comma'),
  dateFormat: fields.dateFormat.catch('iso'),
});

export type Settings = z.output<typeof settingsSchema>;

/** Some of the settings, as the window sends them: nothing wrong is replaced here. */
export const settingsChangeSchema = z.object(fields).partial();

export type SettingsChange = z.output<typeof settingsChangeSchema>;

/** What DuckDB and the file's owner need to know of them. */
export const warehouseLimitsSchema = z.object(fields).pick({ threads: true, memoryMb: true, idleReleaseMinutes: true });

export type WarehouseLimits = z.output<typeof warehouseLimitsSchema>;
