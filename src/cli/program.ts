import { AppError } from '../contract/app-error';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mostClusterRows } from '../contract/cluster';
import { writeModes } from '../contract/generation';
import { breakageKinds } from '../contract/partitions';
import { recipeSchema } from '../contract/recipe';
import { withFolderGone } from '../engine/fs/opened-folder';
import { systemError } from '../engine/fs/system-error';
import { readClusterOptions, withCluster, withEngine, type ClusterOptions, type EngineOption } from './cluster-options';
import type {
  AdvanceOptions,
  BreakOptions,
  CommandContext,
  CommonOptions,
  GenerateOptions,
  Installation,
  PipelineOptions,
  PublishCommandOptions,
  RefreshCommandOptions,
  ShardsOptions,
} from './context';
import { withInterrupts } from './interrupt';
import type { ClusterQueryOptions } from './query';
import { terminalText } from './output/terminal-text';

const defaults = recipeSchema.parse({});

const hideAnswersHelp = "don't tell planted facts, and what was found of them";

/** The commands with their options. Option values are validated by the schemas that the window uses, too. */
export function buildProgram(installation: Installation): Command {
  const program = new Command('micro-warehouse')
    .description('A small medallion data warehouse on your laptop: generate events, refresh, query.')
    .version(installation.version, '-v, --version')
    // Messages repeat arguments, which may come from a script's variable.
    .configureOutput({ writeErr: (text) => void process.stderr.write(terminalText(text)) })
    .showHelpAfterError('(see --help for all options)')
    // Thrown instead of exiting: with `--json` a failure prints a document, too.
    .exitOverride();

  const run = ({ workspace }: CommonOptions, action: (context: CommandContext) => Promise<void>) =>
    withInterrupts((signal) =>
      action({ ...installation, signal }).catch(async (error: unknown) => {
        const folder = path.resolve(workspace);
        // An AppError explains the problem better than a missing folder, which may never have existed.
        if (error instanceof AppError) throw error;
        throw systemError(error, folder) ?? (await withFolderGone(error, folder));
      }),
    );

  withRecipe(common(program.command('generate')))
    .description('write events as Parquet files, one file per day, into data/events')
    .action((options: GenerateOptions) =>
      run(options, async (context) => (await import('./generate')).generateCommand(options, context)),
    );
  withPublish(common(program.command('advance')))
    .description('append the next days, continuing with the same teams and users')
    .option('--days <n>', 'number of days', '1')
    .option('--workers <n>', 'generator processes (default: one per core)')
    .option('-y, --yes', "don't ask before a run that needs more than half of the free disk space", false)
    .action((options: AdvanceOptions) =>
      run(options, async (context) => (await import('./generate')).advanceCommand(options, context)),
    );
  withEngine(common(program.command('refresh')))
    .description('build bronze, silver and gold from the files, check them, and export gold')
    .option('--full', 'rebuild everything, not just what changed', false)
    .option('--skip-damaged', "skip files that can't be used instead of failing", false)
    .option('--hide-answers', hideAnswersHelp, false)
    .action((options: RefreshCommandOptions) =>
      run(options, async (context) => (await import('./refresh')).refreshCommand(options, context)),
    );
  addCluster(program, run);
  withEngine(common(program.command('query')))
    .description('run one read-only SQL statement and print its rows')
    .argument('<sql>', 'for example "SELECT count(*) FROM silver_events"; Trino SQL with --on cluster')
    .option('--most-rows <n>', 'most rows to fetch from the cluster', String(mostClusterRows))
    .action((sql: string, options: CommonOptions & ClusterQueryOptions & EngineOption) =>
      run(options, async (context) => {
        const { queryCommand, clusterQueryCommand } = await import('./query');
        return options.on === 'cluster'
          ? clusterQueryCommand(sql, options, context)
          : queryCommand(sql, options, context);
      }),
    );
  withRecipe(common(program.command('pipeline')))
    .description('generate, refresh, and print weekly active teams')
    .option('--hide-answers', hideAnswersHelp, false)
    .action((options: PipelineOptions) =>
      run(options, async (context) => (await import('./pipeline')).pipelineCommand(options, context)),
    );
  addBreak(program, run);
  addSharing(program, run);
  return program;
}

type Run = (options: CommonOptions, action: (context: CommandContext) => Promise<void>) => Promise<void>;

/** The command that damages data on purpose. */
function addBreak(program: Command, run: Run): void {
  common(program.command('break'))
    .description('break days of existing data on purpose, to see which checks and facts notice')
    .argument('[kind]', `one of ${breakageKinds.join(', ')}`)
    .option('--days <days>', 'days to break: 2025-02-05,2025-03-01..2025-03-07')
    .option('--hours <n>', 'hours by which shift moves the times of events, -23 to 23', '6')
    .option('--key <name>', 'the key that add-key adds to properties', 'debug_mode')
    .option('--undo', 'restore the days broken last', false)
    .action((kind: string | undefined, options: BreakOptions) =>
      run(options, async (context) => (await import('./break')).breakCommand(kind, options, context)),
    );
}

/** The commands for several machines that generate together. */
function addSharing(program: Command, run: Run): void {
  common(program.command('publish'))
    .description('copy runs of the workspace that are not there yet to a shared folder or object storage')
    .argument('<location>', locationHelp)
    .option('--run <id>', 'publish only this run')
    .action((location: string, options: PublishCommandOptions) =>
      run(options, async (context) => (await import('./publish')).publishCommand(location, options, context)),
    );
  common(program.command('shards'))
    .description('list the shards of a recipe that have arrived, are missing, or are there twice')
    .argument('[location]', `${locationHelp} (default: the workspace)`)
    .option('--recipe <line>', 'the recipe (default: each one with shards)')
    .action((location: string | undefined, options: ShardsOptions) =>
      run(options, async () => (await import('./shards')).shardsCommand(location, options)),
    );
}

const locationHelp = 'absolute path of a shared folder, or s3://bucket/prefix';

function withPublish(command: Command): Command {
  return command.option('--publish <location>', `then publish the run: ${locationHelp}`);
}

/** What is done with a cluster itself; it needs no workspace. */
function addCluster(program: Command, run: Run): void {
  const cluster = program.command('cluster').description('connect to a Trino cluster');
  const json = ['--json', 'print one JSON document at the end', false] as const;
  withCluster(cluster.command('test').option(...json))
    .description('sign in, and print what may be read and written')
    .action((options: ClusterOptions & { json: boolean }) =>
      run({ ...nowhere, ...options }, async ({ signal }) => {
        const access = readClusterOptions(options, { needsLocation: false });
        await (await import('./cluster/commands')).clusterTestCommand(access, options, signal);
      }),
    );
  withCluster(cluster.command('setup').option(...json))
    .description('print the SQL that creates schemas and tables, and run it with --yes')
    .option('-y, --yes', 'run the statements', false)
    .action((options: ClusterOptions & { json: boolean; yes: boolean }) =>
      run({ ...nowhere, ...options }, async ({ signal }) => {
        const access = readClusterOptions(options);
        await (await import('./cluster/commands')).clusterSetUpCommand(access, options, signal);
      }),
    );
}

const nowhere = { workspace: '.', allowLink: [] };

function common(command: Command): Command {
  return command
    .option('-w, --workspace <folder>', 'workspace folder', readFolder, '.')
    .option(
      '--allow-link <link=target>',
      'follow a link in the workspace (data, data/events, exports) to this folder: data=/mnt/big/data',
      (link: string, links: string[]) => [...links, link],
      [],
    )
    .option('--json', 'print one JSON document at the end; progress goes to stderr', false);
}

/** An empty value, as from an unset variable of a script, must not mean the current folder. */
function readFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('A folder is required.');
  return text;
}

/** Recipe options have the names of the words in a recipe line: `--launch X` is `launch=X`. */
function withRecipe(command: Command): Command {
  const { rows, start, end, users, teams } = defaults;
  return withPublish(command)
    .option('--recipe <line>', 'recipe of another run; other options override it')
    .option('--profile <profile>', 'realistic or uniform (default: realistic)')
    .option('--rows <n>', `number of events (default: ${rows})`)
    .option('--start <day>', `first day, YYYY-MM-DD (default: ${start})`)
    .option('--end <day>', `last day, YYYY-MM-DD (default: ${end})`)
    .option('--users <n>', `number of users (default: ${users})`)
    .option('--teams <n>', `number of teams (default: ${teams})`)
    .option('--seed <n>', 'the same seed gives the same rows (default: 42, or the next unused seed)')
    .option('--weights <list>', 'how often events happen, relative to the default: purchase:2,search:0.5')
    .option('--launch <day*factor>', 'multiplies the events from that day on: 2024-03-01*1.5')
    .option('--outage <day>', 'a day with almost no events')
    .option('--churn <month@day>', 'every team that signed up in that month leaves on that day: 2024-02@2024-09-01')
    .option('--null-users <rate>', 'share of rows without a user, 0 to 0.5')
    .option('--empty-properties <rate>', 'share of rows with empty properties')
    .option('--duplicates <rate>', 'share of rows that repeat another one')
    .option('--late-events <rate>', "share of rows that arrive late, in a later day's file")
    .option('--malformed-json <rate>', 'share of rows with invalid JSON in properties')
    .option('--schema-drift <day*rate>', 'share of rows with an unknown key from that day on: 2025-01-01*0.3')
    .option('--compression <codec>', 'snappy, zstd or none (default: snappy)')
    .option('--row-group-rows <n>', `rows per Parquet row group (default: ${defaults.rowGroupRows})`)
    .option('--shard <k/n>', 'write only part k of n; all parts together are the whole data set')
    .option('--workers <n>', 'generator processes (default: one per core)')
    .option('-y, --yes', "don't ask before a run that needs more than half of the free disk space", false)
    .addOption(
      new Option('--mode <mode>', 'add to the existing events, or replace them').choices(writeModes).default('append'),
    );
}
