import type { GenerationPhase, RunStep } from '../../../contract/generation';

/** The current phase of a run, and the time spent in each. */
export class PhaseClock {
  readonly #entered: { phase: GenerationPhase; at: number }[] = [];

  constructor(phase: GenerationPhase) {
    this.enter(phase);
  }

  get phase(): GenerationPhase {
    return this.#entered.at(-1)?.phase ?? 'starting';
  }

  /** Does nothing if the run is in that phase already. */
  enter(phase: GenerationPhase): void {
    if (this.#entered.at(-1)?.phase !== phase) this.#entered.push({ phase, at: performance.now() });
  }

  /** The phases so far; the current one up to now. */
  steps(): RunStep[] {
    const now = performance.now();
    return this.#entered.map(({ phase, at }, index) => ({
      phase,
      elapsedMs: Math.round((this.#entered[index + 1]?.at ?? now) - at),
    }));
  }
}
