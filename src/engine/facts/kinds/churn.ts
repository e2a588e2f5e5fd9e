import { addDays } from '../../../contract/calendar';
import { leastConfidence, type FactKind } from './fact-kind';
import { aboutText, amountText, countText } from './words';

/**
 * All teams of a sign-up month leave. The warehouse knows the month of a team's first event only, so some teams of the
 * month signed up before and stay: the least share that must have left.
 */
const leastShare = 0.2;

/** All teams that signed up in a month leave on a day. */
export const churn: FactKind = {
  kind: 'churn',
  plantedIn: (recipe) => {
    if (!recipe.planted.churn) return null;
    const { date, signedUp } = recipe.planted.churn;
    const isFirst = (recipe.continues?.start ?? recipe.start).startsWith(signedUp);
    return {
      date,
      label: 'Churn',
      text: `Churn: every team that signed up in ${signedUp} leaves on this day`,
      title: `Churn ${date} of the teams that signed up in ${signedUp}`,
      scope: signedUp,
      size: 1,
      where: { cohort: `DATE '${signedUp}-01'`, day: `DATE '${date}'` },
      core: { first: addDays(date, -7), last: addDays(date, 6) },
      context: { first: `${signedUp}-01`, last: addDays(date, 92) },
      ...(isFirst && {
        cannotShow: 'teams that signed up before the first day seem to have signed up in that month as well',
      }),
    };
  },
  dayFactor: () => 1,
  sharesDays: false,
  isFound: ({ measured, confidence }) => confidence >= leastConfidence && measured >= leastShare,
  tell: ({ observed, expected, measured, scope, firstDay }, planted) => {
    const left = `${amountText(observed ?? 0, 'team')} left, ${aboutText(expected ?? 0)} expected`;
    return planted
      ? `${planted.title}: ${left}`
      : `churn about ${firstDay} of teams that signed up in ${scope}: ${left} (${countText(measured * 100)}% of them)`;
  },
  detectorDays: 62,
  startsWithRuns: false,
};
