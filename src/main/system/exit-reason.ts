/**
 * How a process ended that should not have, in words. Electron 25 reports exit code 0 now and then whatever the process
 * died of; what it really was, `child-process-gone` tells a moment later, and the log of main has it.
 */
export function exitReason(code: number): string {
  return code === 0 ? 'it crashed or was killed' : `exit code ${code}`;
}
