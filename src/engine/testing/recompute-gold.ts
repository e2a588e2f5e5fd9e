import type { HandMadeEvent } from './temporary-workspace';

/** The part of an event that is needed to compute gold without SQL. */
interface Seen {
  readonly date: string;
  readonly week: string;
  readonly month: string;
  readonly user: number;
  readonly team: number;
  readonly event: string;
  readonly cents: number | null;
}

type Row = (string | number | null)[];

const round = (value: number, digits: number) => Math.round(value * 10 ** digits + 1e-9) / 10 ** digits;
const money = (cents: number) => (cents / 100).toFixed(2);

/** The gold tables of hand-made events, computed in plain TypeScript: rows as DuckDB writes them to JSON, in order. */
export function recomputeGold(events: readonly HandMadeEvent[]): Record<string, Row[]> {
  const seen = events.flatMap((event) => (event.user === null ? [] : look(event)));
  return {
    gold_weekly_active_teams: distinct(seen, 'week', 'team').map(([week, teams]) => [
      `${week} 00:00:00`,
      String(teams),
    ]),
    gold_daily_active_users: distinct(seen, 'date', 'user').map(([date, users]) => [date, String(users)]),
    gold_weekly_events_by_type: eventsByType(seen),
    gold_weekly_active_users: stickiness(seen, 'week'),
    gold_monthly_stickiness: stickiness(seen, 'month'),
    gold_weekly_purchase_funnel: funnel(seen),
    gold_daily_revenue: revenue(seen),
    gold_team_retention: retention(seen),
    gold_top_teams: topTeams(seen),
  };
}

function look({ at, user, team, event, properties }: HandMadeEvent): Seen {
  const date = at.slice(0, 10);
  const monday = new Date(date);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  const parsed: { price?: number; quantity?: number } = JSON.parse(properties ?? '{}');
  const cents =
    parsed.price === undefined || parsed.quantity === undefined
      ? null
      : Math.round(parsed.price * 100) * parsed.quantity;
  const week = monday.toISOString().slice(0, 10);
  return { date, week, month: `${date.slice(0, 7)}-01`, user: user ?? 0, team: team ?? 0, event: event ?? '', cents };
}

function groups<K extends string | number>(seen: readonly Seen[], key: (event: Seen) => K): [K, Seen[]][] {
  const byKey = new Map<K, Seen[]>();
  for (const event of seen) {
    const group = byKey.get(key(event));
    if (group) group.push(event);
    else byKey.set(key(event), [event]);
  }
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function distinct(seen: readonly Seen[], by: 'date' | 'week' | 'month', of: 'user' | 'team'): [string, number][] {
  return groups(seen, (event) => event[by]).map(([key, group]) => [key, new Set(group.map((event) => event[of])).size]);
}

function eventsByType(seen: readonly Seen[]): Row[] {
  return groups(seen, ({ week, event }) => `${week} ${event}`).map(([key, group]) => [
    ...key.split(' '),
    String(group.length),
  ]);
}

function stickiness(seen: readonly Seen[], by: 'week' | 'month'): Row[] {
  return groups(seen, (event) => event[by]).map(([period, group]) => {
    const users = new Set(group.map(({ user }) => user)).size;
    const days = distinct(group, 'date', 'user');
    const average = days.reduce((total, [, count]) => total + count, 0) / days.length;
    return [period, String(users), round(average, 2), round(average / users, 4)];
  });
}

function funnel(seen: readonly Seen[]): Row[] {
  const steps = ['page_view', 'add_to_cart', 'checkout', 'purchase'];
  return groups(
    seen.filter(({ event }) => steps.includes(event)),
    ({ week }) => week,
  ).map(([week, group]) => {
    const byUser = groups(group, ({ user }) => user).map(([, own]) => new Set(own.map(({ event }) => event)));
    const counts = steps.map((_, index) =>
      byUser.filter((own) => steps.slice(0, index + 1).every((step) => own.has(step))),
    );
    const [viewed = 0, , , purchased = 0] = counts.map(({ length }) => length);
    return [week, ...counts.map(({ length }) => String(length)), viewed === 0 ? null : round(purchased / viewed, 4)];
  });
}

function revenue(seen: readonly Seen[]): Row[] {
  const purchases = seen.filter(({ event }) => event === 'purchase');
  return groups(purchases, ({ date }) => date).map(([date, group]) => {
    const priced = group.flatMap(({ cents }) => cents ?? []);
    return [
      date,
      String(group.length),
      String(priced.length),
      money(priced.reduce((total, cents) => total + cents, 0)),
    ];
  });
}

function retention(seen: readonly Seen[]): Row[] {
  const months = groups(seen, ({ month }) => month).map(([month]) => month);
  const teams = groups(seen, ({ team }) => team).map(([, group]) => {
    const active = new Set(group.map(({ month }) => month));
    return { active, signUp: [...active].toSorted()[0] ?? '' };
  });
  return months.flatMap((signUp, first) => {
    const cohort = teams.filter((team) => team.signUp === signUp);
    if (cohort.length === 0) return [];
    return months.slice(first).map((month, since) => {
      const active = cohort.filter((team) => team.active.has(month)).length;
      return [signUp, String(since), String(cohort.length), String(active), round(active / cohort.length, 4)];
    });
  });
}

function topTeams(seen: readonly Seen[]): Row[] {
  const teams = groups(seen, ({ team }) => team).map(([team, group]) => ({
    team,
    events: group.length,
    days: new Set(group.map(({ date }) => date)).size,
    months: [...new Set(group.map(({ month }) => month))].toSorted(),
    purchases: group.filter(({ event }) => event === 'purchase'),
  }));
  return teams
    .toSorted((a, b) => b.events - a.events || a.team - b.team)
    .slice(0, 100)
    .map(({ team, events, days, months, purchases }, index) => [
      String(index + 1),
      String(team),
      String(events),
      round(events / seen.length, 6),
      String(days),
      String(months.length),
      months.at(-1) ?? '',
      String(purchases.length),
      money(purchases.reduce((total, { cents }) => total + (cents ?? 0), 0)),
    ]);
}
