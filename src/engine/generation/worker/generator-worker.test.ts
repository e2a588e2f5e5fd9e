import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../../contract/recipe';
import type { GeneratorReply } from '../../../contract/rpc/generator-messages';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { serveGenerator } from './generator-worker';
import { planChunks } from '../plan/plan';
import { runFolders } from '../../events/paths';
import { filesBelow, sqlFolder } from '../../testing/generation';

/** Sends all messages to a generator at once and returns its first `count` replies. */
function converse(messages: readonly unknown[], count: number): Promise<GeneratorReply[]> {
  return new Promise((resolve) => {
    const replies: GeneratorReply[] = [];
    serveGenerator({
      post: (reply) => {
        replies.push(reply);
        if (replies.length === count) resolve(replies);
      },
      onMessage: (listener) => messages.forEach((message) => listener(message)),
    });
  });
}

describe('serveGenerator', () => {
  it('answers in order, also what was sent ahead', async () => {
    const workspace = await temporaryWorkspace();
    const { folder } = workspace;
    await mkdir(runFolders(workspace, 'r').events, { recursive: true });
    const recipe = recipeSchema.parse({ rows: 100, start: '2024-01-01', end: '2024-02-19' });
    const prepare = { type: 'prepare', runId: 'r', recipe, folder, agreedLinks: {}, sqlFolder };
    const writes = planChunks(recipe).map((chunk) => ({ type: 'write', chunk }));
    const replies = await converse([prepare, ...writes], 3);
    expect(replies).toMatchObject([
      { type: 'ready' },
      { type: 'written', chunkIndex: 0 },
      { type: 'written', chunkIndex: 1 },
    ]);
    expect(await filesBelow(runFolders(workspace, 'r').events)).toHaveLength(50);
  });

  it('reports what went wrong instead of ending: bad messages, messages too early, SQL that is missing', async () => {
    const workspace = await temporaryWorkspace();
    const { folder } = workspace;
    await mkdir(runFolders(workspace, 'r').root, { recursive: true });
    const recipe = recipeSchema.parse({});
    const [chunk] = planChunks(recipe);
    const missing = path.join(folder, 'nowhere');
    const prepare = { type: 'prepare', runId: 'r', recipe, folder, agreedLinks: {}, sqlFolder: missing };
    const replies = await converse([{ type: 'nonsense' }, { type: 'write', chunk }, prepare], 3);
    expect(replies).toMatchObject([
      { type: 'failed', error: { cause: expect.stringContaining('Invalid discriminator value') } },
      { type: 'failed', error: { cause: 'A generator process was asked to write before it was prepared.' } },
      { type: 'failed', error: { cause: expect.stringMatching(/^ENOENT: .*nowhere/) } },
    ]);
  });
});
