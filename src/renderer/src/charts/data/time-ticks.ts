import { msPerDay } from '../../../../contract/calendar';
import { monthOf, civilDayOf, startOfMonth, yearText } from '../../format/civil-day';
import type { Formats } from '../../format/formats';

/** Seconds, minutes and hours, in milliseconds. */
const clockSteps = [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200].map((seconds) => seconds * 1_000);
const daySteps = [1, 2, 7, 14];
const yearSteps = [1, 2, 5, 10, 25, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6];
const monthSteps = [1, 3, 6, ...yearSteps.map((years) => 12 * years)];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Round positions on a time axis (UTC, in milliseconds), at most `most` of them: from seconds to millions of years
 * apart. None for an invalid time.
 */
export function timeTicks(first: number, last: number, most: number): number[] {
  if (!Number.isFinite(first) || !Number.isFinite(last)) return [];
  const steps = [...(last - first < 2 * msPerDay ? clockSteps : []), ...daySteps.map((days) => days * msPerDay)];
  const even = steps.find((step) => (last - first) / step <= most);
  if (even !== undefined) return evenTicks(first, last, even);
  const span = monthOf(last) - monthOf(first);
  return monthTicks(first, last, monthSteps.find((candidate) => span / candidate <= most - 1) ?? 12e7);
}

/** The shortest label that distinguishes a tick from its neighbours: year, month, day or time. */
export function formatTick(time: number, formats: Formats): string {
  const clock = time - Math.floor(time / msPerDay) * msPerDay;
  if (clock > 0) return clockText(clock);
  const { year, month, day } = civilDayOf(time);
  const monthName = months[month - 1] ?? '';
  if (day !== 1) return formats.dayAndMonthName(day, monthName);
  return month === 1 ? yearText(year) : monthName;
}

function clockText(milliseconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = milliseconds / 1_000;
  const minutes = `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? minutes : `${minutes}:${two(seconds % 60)}`;
}

function monthTicks(first: number, last: number, step: number): number[] {
  const ticks: number[] = [];
  for (let month = Math.floor(monthOf(first) / step) * step; ; month += step) {
    const time = startOfMonth(month);
    if (time > last) return ticks;
    if (time >= first) ticks.push(time);
  }
}

function evenTicks(first: number, last: number, step: number): number[] {
  const begin = Math.ceil(first / step);
  const count = Math.floor(last / step) - begin + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (begin + index) * step);
}
