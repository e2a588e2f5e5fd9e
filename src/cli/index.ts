import path from 'node:path';
import { isGuardedCommand, runGuarded } from './guard';

/*
 * The commands that have DuckDB run SQL which somebody wrote do their work in a process of their own: such SQL may crash
 * DuckDB, or keep it from stopping. The others, whose SQL is ours, save themselves the second start.
 */

const args = process.argv.slice(2);
if (isGuardedCommand(args)) runGuarded(path.join(__dirname, 'cli-commands.js'), args);
else void import('./commands');
