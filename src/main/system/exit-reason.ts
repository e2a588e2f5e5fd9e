/**
 * Describes how a process ended unexpectedly. Electron 25 sometimes reports exit code 0 whatever the cause; the actual
 * reason follows in `child-process-gone`, and is in main's log.
 */
export function exitReason(code: number): string {
  return code === 0 ? 'it crashed or was killed' : `exit code ${code}`;
}
