import { expect, onTestFinished, test, vi } from 'vitest';
import { requestOf } from '../../testing/generation';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { checkRoom, estimateRequest } from './estimate';
import { repetitionOf } from './repetition';

vi.mock('./repetition', { spy: true });

test('the check for room does not look for repeated rows, and tells the rows of the run', async () => {
  const workspace = await temporaryWorkspace();
  onTestFinished(() => void vi.mocked(repetitionOf).mockClear());
  const request = requestOf({ rows: 1234 });
  expect(await checkRoom(workspace, request, false)).toBe(1234);
  expect(repetitionOf).not.toHaveBeenCalled();
  expect(await estimateRequest(workspace, request)).toMatchObject({ rows: 1234, repeats: 'none' });
  expect(repetitionOf).toHaveBeenCalledOnce();
});
