import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Trino 476 needs it. */
export const oldestJava = 24;

/**
 * The home of a Java development kit that is new enough: TRINO_JAVA_HOME, JAVA_HOME, that of `java` on the path, or one
 * of the system's.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findJava(environment = process.env) {
  const system = '/usr/lib/jvm';
  const candidates = [
    environment.TRINO_JAVA_HOME,
    environment.JAVA_HOME,
    onPath('java', environment.PATH),
    ...(existsSync(system) ? readdirSync(system).map((name) => path.join(system, name)) : []),
  ];
  return candidates.find((home) => home !== undefined && versionOf(home) >= oldestJava);
}

/**
 * The folder above the `bin` of a program on the path, links followed.
 *
 * @param {string} program
 * @param {string} [searchPath]
 * @returns {string | undefined}
 */
export function onPath(program, searchPath = process.env.PATH ?? '') {
  const files = searchPath.split(path.delimiter).map((folder) => path.join(folder, program));
  const found = files.find((file) => existsSync(file));
  return found && path.dirname(path.dirname(realpathSync(found)));
}

/**
 * The major version of a Java home with the tools of a development kit; 0 for anything else.
 *
 * @param {string} home
 */
function versionOf(home) {
  const release = path.join(home, 'release');
  if (!existsSync(release) || !existsSync(path.join(home, 'bin', 'jar'))) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? 0);
}
