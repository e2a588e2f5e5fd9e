import { addDays } from '../../../contract/calendar';
import { leastConfidence, type FactKind } from './fact-kind';
import { aboutText, amountText } from './words';

/** Share of a usual day's events that an outage leaves, and the most that a proof takes for an outage. */
const outageShare = 0.02;
const mostLeft = 0.1;

/** A day with almost no events. */
export const outage: FactKind = {
  kind: 'outage',
  plantedIn: ({ planted }) => {
    if (!planted.outage) return null;
    const { date } = planted.outage;
    return {
      date,
      label: 'Outage',
      text: 'Outage: almost no events on this day',
      title: `Outage ${date}`,
      scope: null,
      size: outageShare,
      where: { day: `DATE '${date}'` },
      core: { first: date, last: date },
      context: { first: addDays(date, -28), last: addDays(date, 28) },
    };
  },
  dayFactor: ({ planted }, date) => (planted.outage?.date === date ? outageShare : 1),
  sharesDays: true,
  isFound: ({ measured, confidence }) => confidence >= leastConfidence && measured <= mostLeft,
  tell: ({ observed, expected, firstDay }, planted) =>
    `${planted?.title ?? `outage ${firstDay}`}: ${amountText(observed ?? 0, 'event')}, ${aboutText(expected ?? 0)} expected`,
  detectorDays: 0,
  startsWithRuns: false,
};
