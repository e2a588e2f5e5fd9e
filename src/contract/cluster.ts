import { z } from 'zod';
import { planSchema } from './result-work';
import { resultSchema } from './results';
import { refreshEngines } from './warehouse';

/** How the user signs in to the cluster. A password or token is only ever sent over https. */
export const clusterSignIns = ['none', 'password', 'token'] as const;

/** The address of a Trino coordinator, optionally with the path of a gateway. */
const serverSchema = z
  .string()
  .trim()
  .refine(
    isServer,
    'The server must be an address such as https://trino.example.com:8443, without a user or password.',
  );

const nameSchema = (what: string) =>
  z.string().trim().min(1, `${what} must not be empty.`).max(255, `${what} may have at most 255 characters.`);

/** Where a workspace's cluster is and what it uses there; no secrets. */
export const clusterSettingsSchema = z.object({
  server: serverSchema,
  /** Sent in a header, which carries plain characters only. */
  user: nameSchema('The user').regex(/^[\x20-\x7e]*$/, 'The user may contain only ASCII characters.'),
  signIn: z.enum(clusterSignIns),
  /** A PEM file with the certificate authority of the server; null for those that the system trusts. */
  caFile: z.string().min(1).nullable(),
  /** Catalog and schema of the events (Hive connector). */
  eventsCatalog: nameSchema("The events' catalog"),
  eventsSchema: nameSchema("The events' schema"),
  /** Catalog and schema of the models' tables (Iceberg connector). */
  resultsCatalog: nameSchema("The results' catalog"),
  resultsSchema: nameSchema("The results' schema"),
  /**
   * The folder of the event files as the cluster sees it: `s3://bucket/events`, `local:///data/events`. Empty if the
   * events aren't needed.
   */
  location: z.string().trim().max(1_000, 'The location may have at most 1,000 characters.'),
});

export type ClusterSettings = z.output<typeof clusterSettingsSchema>;

/** Settings with the password or token that belongs to them. Kept in memory only. */
export const clusterAccessSchema = z.object({
  settings: clusterSettingsSchema,
  /** The password or token, depending on `settings.signIn`; null for none. */
  secret: z.string().min(1).nullable(),
});

export type ClusterAccess = z.output<typeof clusterAccessSchema>;

/**
 * Settings that the window asks to save or to try. A secret of null stands for the one that is kept, which the window
 * never sees.
 */
export const clusterDraftSchema = clusterAccessSchema
  .refine(({ settings: { server, signIn } }) => signIn === 'none' || server.startsWith('https://'), {
    path: ['settings', 'server'],
    message: 'A password or token is only sent over https.',
  })
  .refine(({ settings: { location } }) => location !== '', {
    path: ['settings', 'location'],
    message: 'The location must not be empty.',
  });

export type ClusterDraft = z.output<typeof clusterDraftSchema>;

/** The cluster of the open workspace, as far as the window knows. */
export const clusterStateSchema = z.object({
  settings: clusterSettingsSchema,
  /** Where a refresh computes unless the user says otherwise. */
  on: z.enum(refreshEngines),
  /** *stored*: encrypted on disk; *session*: in memory until the app quits, since the system has no key store. */
  secret: z.enum(['none', 'stored', 'session']),
});

export type ClusterState = z.output<typeof clusterStateSchema>;

/** Names that are used where the user gives none. */
export const defaultClusterNames = {
  eventsCatalog: 'hive',
  eventsSchema: 'micro_warehouse_events',
  resultsCatalog: 'iceberg',
  resultsSchema: 'micro_warehouse',
} as const;

/** State of a running statement on the cluster, from Trino's own statistics. */
export const clusterProgressSchema = z.object({
  /** QUEUED, PLANNING, RUNNING, FINISHING, FINISHED, FAILED, ... */
  state: z.string(),
  queryId: z.string(),
  nodes: z.number().nonnegative(),
  completedSplits: z.number().nonnegative(),
  totalSplits: z.number().nonnegative(),
  processedRows: z.number().nonnegative(),
  processedBytes: z.number().nonnegative(),
  cpuTimeMs: z.number().nonnegative(),
  elapsedMs: z.number().nonnegative(),
});

export type ClusterProgress = z.output<typeof clusterProgressSchema>;

/** Rows that the console fetches from the cluster at once, unless the user asks for more. */
export const mostClusterRows = 100_000;

/** The outcome of a query on the cluster: its rows are a result like any other. */
export const clusterOutcomeSchema = z.object({
  /** The first word of the statement. */
  kind: z.string(),
  queryId: z.string(),
  elapsedMs: z.number().nonnegative(),
  result: resultSchema,
  /** Whether the cluster may have more rows than were fetched. */
  more: z.boolean(),
  /** Sentences about columns whose values couldn't be stored as they are. */
  notes: z.array(z.string()),
});

export type ClusterOutcome = z.output<typeof clusterOutcomeSchema>;

/** What a query did on the cluster, from EXPLAIN ANALYZE. */
export const clusterPlanSchema = z.object({
  /** Trino's own text. */
  text: z.string(),
  /** The same as a tree; null if the text is of a server that writes it differently. */
  plan: planSchema.nullable(),
});

export type ClusterPlan = z.output<typeof clusterPlanSchema>;

/** A query on the cluster while it runs, and its outcome. */
export const clusterRunEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    /** Null until the cluster has answered. */
    progress: clusterProgressSchema.nullable(),
  }),
  z.object({ type: z.literal('done'), outcome: clusterOutcomeSchema }),
]);

export type ClusterRunEvent = z.output<typeof clusterRunEventSchema>;

/** The same while more rows of a result are fetched. */
export const clusterMoreEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: clusterProgressSchema.nullable() }),
  z.object({ type: z.literal('done'), outcome: clusterOutcomeSchema.pick({ result: true, more: true }) }),
]);

export type ClusterMoreEvent = z.output<typeof clusterMoreEventSchema>;

export const clusterFunctionSchema = z.object({
  name: z.string(),
  /** E.g. `date_trunc(varchar(x), date) -> date`. */
  signatures: z.array(z.string()),
  description: z.string().nullable(),
});

export type ClusterFunction = z.output<typeof clusterFunctionSchema>;

/** A name on the cluster, without quotes. */
export const clusterNameSchema = z.object({
  name: z.string(),
  kind: z.enum(['catalog', 'schema', 'table', 'column']),
  /** Of a column. */
  type: z.string().nullable(),
});

export type ClusterName = z.output<typeof clusterNameSchema>;

/** Everything in a catalog, schema or table; `truncated` if there is more than is listed. */
export const clusterContentsSchema = z.object({ names: z.array(clusterNameSchema), truncated: z.boolean() });

export type ClusterContents = z.output<typeof clusterContentsSchema>;

function isServer(text: string): boolean {
  if (!/^https?:\/\/[^/]/.test(text)) return false;
  try {
    const { username, password, search, hash } = new URL(text);
    return username === '' && password === '' && search === '' && hash === '';
  } catch {
    return false;
  }
}

/** The statements that set a cluster up, each with its purpose, to be shown before they run. */
export const clusterSetUpPlanSchema = z.array(z.object({ purpose: z.string(), sql: z.string() }));

export type ClusterSetUpPlan = z.output<typeof clusterSetUpPlanSchema>;

/** Whether something works; if not, why. */
const abilitySchema = z.object({ possible: z.boolean(), reason: z.string().nullable() });

/** What a test of the connection found. */
export const clusterTestReportSchema = z.object({
  version: z.string(),
  /** Nodes that take part; null if the user may not see them. */
  nodes: z.array(z.object({ id: z.string(), version: z.string(), coordinator: z.boolean() })).nullable(),
  /** Reading the events, and reading and writing the results. */
  readEvents: abilitySchema,
  readResults: abilitySchema,
  writeResults: abilitySchema,
  /** Whether the tables of {@link clusterSetUpPlanSchema} exist. */
  isSetUp: z.boolean(),
});

export type ClusterTestReport = z.output<typeof clusterTestReportSchema>;

/** The version of Trino that the app is tested with. */
export const testedTrino = 476;

/** A sentence about a server of another version; null for the tested one. @param version as the server says it, e.g. `476` */
export function versionNote(version: string): string | null {
  const number = Number.parseInt(version, 10);
  if (number === testedTrino) return null;
  const difference = number < testedTrino ? 'is older than' : 'is newer than';
  const known = Number.isNaN(number) ? "isn't" : difference;
  return `Trino ${version} ${known} ${testedTrino}, which Micro Warehouse is tested with: try a full refresh into a new schema first.`;
}
