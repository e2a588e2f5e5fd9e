import { Command, Option } from 'commander';
import { writeModes } from '../contract/generation';
import { recipeSchema } from '../contract/recipe';
import type { CommandContext, CommonOptions, GenerateOptions, Installation, RefreshCommandOptions } from './context';
import { withInterrupts } from './interrupt';

const defaults = recipeSchema.parse({});

/** The commands with their options. What an option may be is decided by the schemas that the window uses, too. */
export function buildProgram(installation: Installation): Command {
  const program = new Command('micro-warehouse')
    .description('A small medallion data warehouse on your laptop: generate events, refresh, query.')
    .showHelpAfterError('(add --help for the options)');

  const run = (action: (context: CommandContext) => Promise<void>) =>
    withInterrupts((signal) => action({ ...installation, signal }));

  withRecipe(common(program.command('generate')))
    .description('write events as Parquet files, one file a day, into data/events')
    .action((options: GenerateOptions) =>
      run(async (context) => (await import('./generate')).generateCommand(options, context)),
    );
  common(program.command('refresh'))
    .description('build bronze, silver and gold over the files, check them, and export gold')
    .option('--full', 'compute everything anew, and not only what has changed', false)
    .option('--skip-damaged', 'leave damaged Parquet files out instead of failing', false)
    .action((options: RefreshCommandOptions) =>
      run(async (context) => (await import('./refresh')).refreshCommand(options, context)),
    );
  common(program.command('query'))
    .description('run one reading SQL statement on the warehouse and print its rows')
    .argument('<sql>', 'for example "SELECT count(*) FROM silver_events"')
    .action((sql: string, options: CommonOptions) =>
      run(async (context) => (await import('./query')).queryCommand(sql, options, context)),
    );
  withRecipe(common(program.command('pipeline')))
    .description('generate, refresh, and print the weekly active teams')
    .action((options: GenerateOptions) =>
      run(async (context) => (await import('./pipeline')).pipelineCommand(options, context)),
    );
  return program;
}

function common(command: Command): Command {
  return command
    .option('-w, --workspace <folder>', 'folder that holds the warehouse', '.')
    .option('--json', 'print one JSON document at the end; progress goes to stderr', false);
}

function withRecipe(command: Command): Command {
  return command
    .option('--rows <n>', 'number of events', String(defaults.rows))
    .option('--start <day>', 'first day, YYYY-MM-DD', defaults.start)
    .option('--end <day>', 'last day, YYYY-MM-DD', defaults.end)
    .option('--users <n>', 'number of users', String(defaults.users))
    .option('--teams <n>', 'number of teams', String(defaults.teams))
    .option('--seed <n>', 'the same seed gives the same rows (default: 42, or the next one not used in the workspace)')
    .option('--workers <n>', 'generator processes (default: one a core)')
    .addOption(
      new Option('--mode <mode>', 'add to the events that are there, or replace them')
        .choices(writeModes)
        .default('append'),
    );
}
