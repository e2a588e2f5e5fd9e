import type { Settings } from '../../../contract/settings';
import { datesIn, type DateFormats } from './dates';
import { durationsIn, type DurationFormats } from './durations';
import { numbersIn, type NumberFormats } from './numbers';

/** Numbers, durations and dates as the user writes them. Components get it from `useFormats`. */
export type Formats = NumberFormats & DurationFormats & DateFormats;

/** The formats of some settings. The functions may be passed on without their object. */
export function formatsOf({ numberFormat, dateFormat }: Pick<Settings, 'numberFormat' | 'dateFormat'>): Formats {
  const numbers = numbersIn(numberFormat);
  return { ...numbers, ...durationsIn(numbers.separated), ...datesIn(dateFormat) };
}

/** The formats of the default settings. */
export const defaultFormats = formatsOf({ numberFormat: 'comma', dateFormat: 'iso' });
