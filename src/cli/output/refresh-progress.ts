import { SingleBar } from 'cli-progress';
import type { RefreshStep } from '../../contract/warehouse';
import { note } from './output';
import { duration, plural } from './words';

export interface RefreshView {
  readonly update: (steps: readonly RefreshStep[]) => void;
  readonly stop: () => void;
}

/** A bar on a terminal, otherwise a line per finished step; always on stderr. */
export function showRefresh(): RefreshView {
  return process.stderr.isTTY ? bar() : lines();
}

function bar(): RefreshView {
  const format = 'Refreshing {bar} {value} of {total}  {step}';
  const drawn = new SingleBar({ stream: process.stderr, hideCursor: true, clearOnComplete: true, barsize: 24, format });
  return {
    update: (steps) => {
      // The steps are known only after the models have been read.
      if (steps.length === 0) return;
      if (!drawn.isActive) drawn.start(steps.length, 0, { step: '' });
      const step = steps.find(({ status }) => status === 'running')?.name ?? '';
      drawn.update(steps.filter(({ status }) => status === 'done').length, { step });
    },
    stop: () => drawn.stop(),
  };
}

function lines(): RefreshView {
  const told = new Set<string>();
  return {
    update: (steps) => {
      for (const step of steps) {
        if (step.status !== 'done' || told.has(step.name)) continue;
        told.add(step.name);
        note(`Refreshing: ${told.size} of ${steps.length}, ${describeStep(step)}`);
      }
    },
    stop: () => undefined,
  };
}

function describeStep({ name, rows, elapsedMs }: RefreshStep): string {
  return [
    name,
    rows === null ? '' : ` ${plural(rows, 'row')}`,
    elapsedMs === null ? '' : ` in ${duration(elapsedMs)}`,
  ].join('');
}
