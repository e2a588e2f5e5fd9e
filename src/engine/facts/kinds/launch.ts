import { addDays, daysBetween } from '../../../contract/calendar';
import type { FactKind } from './fact-kind';
import { leastConfidence } from './fact-kind';
import { changeText } from './words';

/** Share of the planted factor by which the measured one may differ where the noise allows no more. */
const tolerance = 0.05;

/** The first day of a small step is hard to tell: days by which it may differ from the planted one. */
function daysOff(factor: number): number {
  if (factor < 1.25) return 14;
  return factor < 2 ? 7 : 3;
}

/** From a day on, events are multiplied by a factor. */
export const launch: FactKind = {
  kind: 'launch',
  plantedIn: ({ planted }) => {
    if (!planted.launch) return null;
    const { date, factor } = planted.launch;
    return {
      date,
      label: `Launch ×${factor}`,
      text: `Launch: ${factor} times as many events from this day on`,
      title: `Launch ${date}`,
      scope: null,
      size: factor,
      where: { day: `DATE '${date}'` },
      core: { first: addDays(date, -7), last: addDays(date, 6) },
      context: { first: addDays(date, -112), last: addDays(date, 111) },
    };
  },
  dayFactor: ({ planted }, date) => (planted.launch && date >= planted.launch.date ? planted.launch.factor : 1),
  sharesDays: true,
  isFound: ({ measured, margin, confidence, firstDay }, { size, date }) =>
    confidence >= leastConfidence &&
    Math.abs(measured - size) <= Math.max(tolerance * size, margin ?? 0) &&
    firstDay !== null &&
    Math.abs(daysBetween(date, firstDay) - 1) <= daysOff(size),
  tell: ({ measured, firstDay }, planted) =>
    planted
      ? `${planted.title}: ${changeText(measured)}, planted ${changeText(planted.size)}`
      : `events per day ${changeText(measured)} from about ${firstDay} on`,
  detectorDays: 14,
  startsWithRuns: true,
};
