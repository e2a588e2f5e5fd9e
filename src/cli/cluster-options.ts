import { Option, type Command } from 'commander';
import { AppError } from '../contract/app-error';
import { clusterSettingsSchema, defaultClusterNames, type ClusterAccess } from '../contract/cluster';

/** Where a command works: here, or on the cluster of its options. */
export const engines = ['local', 'cluster'] as const;

/** Options of a cluster as typed, or from the environment. */
export interface ClusterOptions {
  readonly server?: string;
  readonly user?: string;
  readonly ca?: string;
  readonly eventsCatalog: string;
  readonly eventsSchema: string;
  readonly resultsCatalog: string;
  readonly resultsSchema: string;
  readonly location?: string;
}

/** Where the command works. */
export interface EngineOption {
  readonly on: (typeof engines)[number];
}

const variable = (name: string) => `MICRO_WAREHOUSE_CLUSTER_${name}`;

/** Adds the options of a cluster to a command. Secrets come from the environment alone: others can read arguments. */
export function withCluster(command: Command): Command {
  const { eventsCatalog, eventsSchema, resultsCatalog, resultsSchema } = defaultClusterNames;
  const option = (flags: string, description: string, name: string, preset?: string) =>
    command.addOption(new Option(flags, description).env(variable(name)).default(preset));
  option('--server <address>', "the cluster's Trino coordinator: https://trino.example.com:8443", 'SERVER');
  option('--user <name>', 'user on the cluster', 'USER');
  option('--ca <file>', 'PEM file of the certificate authority to trust instead of those of the system', 'CA');
  option('--events-catalog <name>', "the events' catalog, of the Hive connector", 'EVENTS_CATALOG', eventsCatalog);
  option('--events-schema <name>', "the events' schema", 'EVENTS_SCHEMA', eventsSchema);
  option(
    '--results-catalog <name>',
    "the models' catalog, of the Iceberg connector",
    'RESULTS_CATALOG',
    resultsCatalog,
  );
  option('--results-schema <name>', "the models' schema", 'RESULTS_SCHEMA', resultsSchema);
  option('--location <location>', 'the folder of the event files as the cluster sees it', 'LOCATION');
  return command.addHelpText(
    'after',
    `\nSign-in: set ${variable('PASSWORD')} or ${variable('TOKEN')} in the environment; they are only sent over https.`,
  );
}

/** `--on local` or `--on cluster`, and the options of the cluster. */
export function withEngine(command: Command): Command {
  return withCluster(
    command.addOption(new Option('--on <engine>', 'work here or on the cluster').choices(engines).default('local')),
  );
}

/**
 * The cluster of the options, with the password or token from the environment.
 * @param needsLocation whether the command reads the events
 * @throws AppError INVALID_OPTIONS with one line per invalid option
 */
export function readClusterOptions(
  options: ClusterOptions,
  {
    needsLocation = true,
    environment = process.env,
  }: { needsLocation?: boolean; environment?: NodeJS.ProcessEnv } = {},
): ClusterAccess {
  const { server, user, ca, location, ...names } = options;
  const [password, token] = [environment[variable('PASSWORD')], environment[variable('TOKEN')]];
  if (password && token) {
    throw invalid(`Both ${variable('PASSWORD')} and ${variable('TOKEN')} are set.`, 'Set one of them.');
  }
  const missing = Object.entries({ server, user, ...(needsLocation && { location }) }).filter(([, value]) => !value);
  if (missing.length > 0) {
    const list = missing.map(([name]) => `--${name}`).join(', ');
    throw invalid(
      `The cluster needs ${list}.`,
      `Add them, or set ${variable(missing[0]?.[0].toUpperCase() ?? '')} and so on.`,
    );
  }
  const parsed = clusterSettingsSchema.safeParse({
    ...names,
    server,
    user,
    signIn: password ? 'password' : token ? 'token' : 'none',
    caFile: ca || null,
    location: location ?? '',
  });
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ message }) => message).join('\n'), 'Correct the options.');
  return { settings: parsed.data, secret: password || token || null };
}

function invalid(message: string, action: string): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}
