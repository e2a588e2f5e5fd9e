import { beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../contract/app-error';
import type { AppState } from '../../contract/workspace';
import { checkRoom } from '../../engine/generation/plan/estimate';
import { runGeneration } from '../../engine/generation/run/run';
import { Observable } from '../../engine/observable';
import { requestOf } from '../../engine/testing/generation';
import { workspaceAt } from '../../engine/workspace';
import type { WorkspaceService } from '../workspace/workspace-service';
import { GenerationService } from './generation-service';

vi.mock('../system/fork-process', () => ({ forkProcess: vi.fn() }));
vi.mock('../system/resources', () => ({ generationSqlFolder: 'sql' }));
vi.mock('../logs/logs', () => ({ logProcess: vi.fn() }));
vi.mock('../../engine/generation/run/run', () => ({ runGeneration: vi.fn() }));
vi.mock('../../engine/generation/plan/estimate', () => ({ checkRoom: vi.fn(), estimateRequest: vi.fn() }));

const request = requestOf({ rows: 500 });

function makeService() {
  const workspace = workspaceAt('/nowhere');
  const workspaces = { present: () => Promise.resolve(workspace), current: workspace, tell: () => undefined };
  return new GenerationService(
    workspaces as unknown as WorkspaceService,
    new Observable({ settings: { threads: null } } as unknown as AppState),
  );
}

beforeEach(() => {
  vi.mocked(checkRoom).mockReset().mockResolvedValue(500);
  // The run has not reported any progress yet.
  vi.mocked(runGeneration)
    .mockReset()
    .mockImplementation(() => new Promise(() => undefined));
});

test('a run is running as soon as it is accepted, and room is checked once', async () => {
  const service = makeService();
  await service.start(request, false);
  expect(service.state.value).toMatchObject({ status: 'running', progress: { phase: 'starting', rowsTotal: 500 } });
  expect(checkRoom).toHaveBeenCalledOnce();
  expect(runGeneration).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ roomChecked: true }));
});

test('of two clicks only the first starts a run', async () => {
  const service = makeService();
  const first = service.start(request, false);
  await expect(service.start(request, false)).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
  await first;
  expect(runGeneration).toHaveBeenCalledOnce();
});

test('a run that is refused leaves the state as it was, and another can be started', async () => {
  const service = makeService();
  vi.mocked(checkRoom).mockRejectedValueOnce(new AppError('NEEDS_CONFIRMATION', 'Much.', { action: 'Confirm.' }));
  await expect(service.start(request, false)).rejects.toMatchObject({ code: 'NEEDS_CONFIRMATION' });
  expect(service.state.value).toEqual({ status: 'idle' });
  expect(runGeneration).not.toHaveBeenCalled();
  await service.start(request, true);
  expect(checkRoom).toHaveBeenLastCalledWith(expect.anything(), request, true);
  expect(service.state.value.status).toBe('running');
});
