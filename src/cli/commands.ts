import path from 'node:path';
import { version } from '../../package.json';
import { buildProgram } from './program';
import { reportFailure } from './failure';
import { tolerateClosedOutput } from './output/output';

tolerateClosedOutput();

// Without its guard nobody is left who could stop it. What it leaves half done is cleared up by the next start.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Who listens for that keeps the process alive otherwise.
process.channel?.unref();

// In the build all entries are in `out/main`, in the project as in a packaged app.
const program = buildProgram({
  version,
  resourcesFolder: path.join(__dirname, '..', '..', 'resources'),
  generatorEntry: path.join(__dirname, 'cli-generator.js'),
});

void program.parseAsync().catch((error: unknown) => reportFailure(error, process.argv.includes('--json')));
