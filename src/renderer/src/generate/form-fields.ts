/** The path of each typed option in a request. */
const paths = {
  rows: 'recipe.rows',
  start: 'recipe.start',
  end: 'recipe.end',
  users: 'recipe.users',
  teams: 'recipe.teams',
  seed: 'recipe.seed',
  rowGroupRows: 'recipe.rowGroupRows',
  workers: 'workers',
  launchDate: 'recipe.planted.launch.date',
  launchFactor: 'recipe.planted.launch.factor',
  outageDate: 'recipe.planted.outage.date',
  churnMonth: 'recipe.planted.churn.signedUp',
  churnDate: 'recipe.planted.churn.date',
  nullUsers: 'recipe.mess.nullUsers',
  emptyProperties: 'recipe.mess.emptyProperties',
  duplicates: 'recipe.mess.duplicates',
  lateEvents: 'recipe.mess.lateEvents',
  malformedJson: 'recipe.mess.malformedJson',
  driftDate: 'recipe.mess.schemaDrift.date',
  driftRate: 'recipe.mess.schemaDrift.rate',
} as const;

export type TextField = keyof typeof paths;

/** Options that are typed as percentages. */
export const rateFields = [
  'nullUsers',
  'emptyProperties',
  'duplicates',
  'lateEvents',
  'malformedJson',
  'driftRate',
] as const satisfies readonly TextField[];

export type RateField = (typeof rateFields)[number];

/** The input to which an issue of the schema belongs; for a weight, that of its event. */
export function fieldOfIssue(path: readonly PropertyKey[]): string {
  const text = path.map(String).join('.');
  const [, event] = /^recipe\.weights\.(.+)$/.exec(text) ?? [];
  // No weight is above 0: reported at the first one.
  if (text === 'recipe.weights') return 'page_view';
  return event ?? Object.entries(paths).find(([, known]) => known === text)?.[0] ?? text;
}
