import { createInterface } from 'node:readline/promises';
import { AppError, cancelled } from '../contract/app-error';
import type { GenerationRequest } from '../contract/generation';
import { checkRoom } from '../engine/generation/plan/estimate';
import type { Workspace } from '../engine/workspace';
import { terminalText } from './output/terminal-text';

/**
 * Asks for confirmation on a terminal before a run that needs more than half of the free space. Without a terminal, the
 * run fails with a message that names `--yes`.
 * @returns true if there is space or the user has agreed; false if it wasn't checked
 * @throws AppError DISK_FULL, and CANCELLED if the answer is no
 */
export async function askForRoom(workspace: Workspace, request: GenerationRequest): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  try {
    await checkRoom(workspace, request, false);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NEEDS_CONFIRMATION') throw error;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(terminalText(`${error.message} Continue? [y/N] `));
    terminal.close();
    if (!/^y(es)?$/i.test(answer.trim())) throw cancelled('The run');
    return true;
  }
}
