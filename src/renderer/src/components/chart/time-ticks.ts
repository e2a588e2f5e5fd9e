import { joinDayAndMonthName } from '../../format/formats';

const dayMs = 86_400_000;
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 300, 600, 1200];
const daySteps = [1, 2, 7, 14];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Round places on a time axis (UTC, in milliseconds), at most `most` of them: days, weeks, months or years apart. */
export function timeTicks(first: number, last: number, most: number): number[] {
  for (const days of daySteps) {
    if ((last - first) / (days * dayMs) <= most) return dayTicks(first, last, days);
  }
  const span = monthIndex(last) - monthIndex(first);
  const step = monthSteps.find((candidate) => span / candidate <= most - 1) ?? 1200;
  return monthTicks(first, last, step);
}

/** A tick in as few letters as tell it apart from its neighbours: the year at its start, else the month or the day. */
export function formatTick(time: number): string {
  const date = new Date(time);
  if (date.getUTCDate() !== 1) return joinDayAndMonthName(String(date.getUTCDate()), monthName(date));
  return date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : monthName(date);
}

const monthName = (date: Date): string => months[date.getUTCMonth()] ?? '';

function monthIndex(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthTicks(first: number, last: number, step: number): number[] {
  const ticks: number[] = [];
  for (let month = Math.floor(monthIndex(first) / step) * step; ; month += step) {
    const time = Date.UTC(Math.floor(month / 12), month % 12);
    if (time > last) return ticks;
    if (time >= first) ticks.push(time);
  }
}

function dayTicks(first: number, last: number, step: number): number[] {
  const ticks: number[] = [];
  for (let time = Math.ceil(first / dayMs) * dayMs; time <= last; time += step * dayMs) ticks.push(time);
  return ticks;
}
