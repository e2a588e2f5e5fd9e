import { z } from 'zod';
import { numberFormats } from './text/number-format';

export const themes = ['system', 'light', 'dark'] as const;
/** `2025-11-24`, `24.11.2025` and `11/24/2025`. */
export const dateFormats = ['iso', 'day-first', 'month-first'] as const;

const fields = {
  theme: z.enum(themes),
  /** DuckDB threads, and workers that Generate suggests; null for all cores. */
  threads: z.int().min(1).max(256).nullable(),
  /** Memory limit of the warehouse before it spills to disk, in MB; null for half of system memory. */
  memoryMb: z.int().min(256).max(1_000_000).nullable(),
  /** Idle minutes after which the database file is released. */
  idleReleaseMinutes: z.int().min(1).max(1_440),
  numberFormat: z.enum(numberFormats),
  dateFormat: z.enum(dateFormats),
  /** Planted facts, and what refreshes found of them, are shown only where the user reveals them. */
  hideAnswers: z.boolean(),
};

/**
 * The user's settings. A value that can't be read is replaced by its default: the app must start with any settings
 * file.
 */
export const settingsSchema = z.object({
  theme: fields.theme.catch('system'),
  threads: fields.threads.catch(null),
  memoryMb: fields.memoryMb.catch(null),
  idleReleaseMinutes: fields.idleReleaseMinutes.catch(5),
  numberFormat: fields.numberFormat.catch('comma'),
  dateFormat: fields.dateFormat.catch('iso'),
  hideAnswers: fields.hideAnswers.catch(false),
});

export type Settings = z.output<typeof settingsSchema>;

/** A change of some settings, sent by the window: invalid values are rejected, not replaced. */
export const settingsChangeSchema = z.object(fields).partial();

export type SettingsChange = z.output<typeof settingsChangeSchema>;

/** The settings that DuckDB and the database file need. */
export const warehouseLimitsSchema = z.object(fields).pick({ threads: true, memoryMb: true, idleReleaseMinutes: true });

export type WarehouseLimits = z.output<typeof warehouseLimitsSchema>;
