import path from 'node:path';
import { isGuardedCommand, runGuarded } from './guard';

/*
 * Commands that run SQL written by users do so in a separate process, since such SQL can crash DuckDB or keep it from
 * stopping. The other commands save the time of a second start.
 */

const args = process.argv.slice(2);
if (isGuardedCommand(args)) runGuarded(path.join(__dirname, 'cli-commands.js'), args);
else void import('./commands');
