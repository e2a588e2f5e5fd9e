import type { ErrorReport } from '../../contract/app-error';
import type { BuiltModel } from '../records/built-tables';
import type { RefreshInput } from './input';

/** The records of a refresh about each model: whether its rows may have changed, and its new state. */
export class BuildLedger {
  readonly #built = new Map<string, BuiltModel>();
  readonly #changed = new Set<string>();

  constructor(
    private readonly input: RefreshInput,
    private readonly refreshId: number,
  ) {}

  get models(): BuiltModel[] {
    return [...this.#built.values()];
  }

  get(name: string): BuiltModel | undefined {
    return this.#built.get(name);
  }

  rowsOf(name: string): number {
    return this.#built.get(name)?.rows ?? 0;
  }

  markChanged(name: string): void {
    this.#changed.add(name);
  }

  hasChanged(name: string): boolean {
    return this.#changed.has(name);
  }

  /** Records that a model was built as its file declares it, with `rows` rows. */
  built(name: string, definition: string, rows: number): number {
    const before = this.input.built.get(name)?.refreshId ?? this.refreshId;
    this.#built.set(name, {
      name,
      fingerprint: this.input.fingerprints.get(name) ?? '',
      definition,
      rows,
      refreshId: this.#changed.has(name) ? this.refreshId : before,
      problem: null,
    });
    return rows;
  }

  /** Records that a model was kept; `problem` is the reason if it couldn't be rebuilt. Returns its rows. */
  kept(name: string, problem: ErrorReport | null): number | null {
    const known = this.input.built.get(name);
    const none = { name, fingerprint: '', definition: '', rows: 0, refreshId: this.refreshId };
    // With the fingerprint of the failed file: a model that crashed DuckDB isn't tried again until it changes.
    const tried = problem ? { fingerprint: this.input.fingerprints.get(name) ?? '' } : {};
    if (known ?? problem) this.#built.set(name, { ...(known ?? none), ...tried, problem });
    return known?.rows ?? null;
  }
}
