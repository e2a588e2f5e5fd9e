import path from 'node:path';
import { version } from '../../package.json';
import { buildProgram } from './program';
import { reportFailure } from './failure';
import { tolerateClosedOutput } from './output/output';

tolerateClosedOutput();

// If the guard process dies, nothing could stop this process. The next start cleans up the work it leaves unfinished.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// An open channel would keep the process alive.
process.channel?.unref();

// All entries of a build are in `out/main`, in the project and in a packaged app.
const program = buildProgram({
  version,
  resourcesFolder: path.join(__dirname, '..', '..', 'resources'),
  generatorEntry: path.join(__dirname, 'cli-generator.js'),
});

void program.parseAsync().catch((error: unknown) => reportFailure(error, process.argv.includes('--json')));
