import type { ConsoleTabState } from '../../../contract/console';
import type { Parameter } from '../../../contract/results';
import { parameterNames, withStatement, type SqlRange } from '../../../contract/text/sql-text';
import type { Engine } from '../../../contract/warehouse';
import type { WarehouseClient } from '../client/connection';
import { Store } from '../client/store';
import type { EditorHandle } from '../components/sql-editor/sql-editor';
import { QuerySession, type QueryState } from '../results/session/query-session';
import type { SqlPosition } from '../components/sql-editor/sql-position';
import { statementsOf, statementOn } from './statements';
import { isRunning, runningIn, snapshotOf, type StatementRun, type TabSnapshot, type TabValues } from './tab-snapshot';

/** Events of a tab. */
export interface TabEvents {
  readonly changed: (tab: ConsoleTab) => void;
  readonly textChanged: (tab: ConsoleTab) => void;
  readonly ended: (run: StatementRun, state: QueryState) => void;
}

/** Initial content of a tab. */
export interface NewTab {
  readonly text?: string;
  readonly name?: string | null;
  readonly query?: string | null;
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
  readonly on?: Engine | undefined;
}

/** Tabs as those see them who open and show some. */
export interface TabHost {
  getSnapshot(): { readonly all: readonly ConsoleTab[] };
  add(tab: NewTab): ConsoleTab;
  show(tab: ConsoleTab): void;
}

/** The text of one tab and the outcomes of its statements, which share a connection. */
export class ConsoleTab extends Store<TabSnapshot> {
  readonly id: string;
  #editor: EditorHandle | null = null;
  #editorState: unknown = null;
  #sequence: symbol | null = null;
  #sessionId: string = crypto.randomUUID();
  #sessionClient: WarehouseClient | null = null;

  constructor(
    state: ConsoleTabState,
    text: string,
    private readonly getClient: () => WarehouseClient | null,
    private readonly events: TabEvents,
  ) {
    const nothingRun = { allowChanges: false, runs: [], shownIndex: 0 };
    super(snapshotOf({ ...state, text, savedText: null, outsideText: null, ...nothingRun }));
    this.id = state.id;
  }

  /** The saved state of the tab besides its text. */
  get state(): ConsoleTabState {
    const { id, name, query, parameters, on } = this.getSnapshot();
    return { id, name, query, parameters, on };
  }

  /** The session of its statements: temporary tables belong to it. */
  get sessionId(): string {
    return this.#sessionId;
  }

  /** Null while it is not mounted. */
  get editor(): EditorHandle | null {
    return this.#editor;
  }

  /** State that the editor left when another tab was selected: undo steps, selection. */
  get editorState(): unknown {
    return this.#editorState;
  }

  /** Called by the editor when it is mounted, and with null before it goes. */
  attach(editor: EditorHandle | null): void {
    if (!editor) this.#editorState = this.#editor?.state() ?? null;
    this.#editor = editor;
  }

  allow(changes: boolean): void {
    this.update({ allowChanges: changes });
  }

  /** Chooses where the next statements run. Those on the cluster only read. */
  runOn(on: Engine): void {
    this.update({ on, allowChanges: false });
  }

  show(index: number): void {
    this.update({ shownIndex: index });
  }

  update(change: Partial<Omit<TabValues, 'id'>>): void {
    this.replace(snapshotOf({ ...this.getSnapshot(), ...change }));
    this.events.changed(this);
  }

  /** Called by the editor. */
  write(text: string): void {
    this.update({ text });
    this.events.textChanged(this);
  }

  /** Replaces the text from outside the editor; can be undone in it. */
  replaceText(text: string): void {
    if (this.#editor) this.#editor.replace(text);
    else this.write(text);
  }

  /**
   * Replaces an executed statement, if the text still contains it; otherwise appends the new one.
   * @returns where the new one is
   */
  rewrite({ sql, from }: StatementRun, change: (sql: string) => string): SqlRange {
    const { text } = this.getSnapshot();
    const changed = change(sql);
    if (text.slice(from, from + sql.length) !== sql) return this.#append(changed);
    this.replaceText(text.slice(0, from) + changed + text.slice(from + sql.length));
    return { from, to: from + changed.length };
  }

  /** Does the same, and runs the new statement. */
  rerun(run: StatementRun, change: (sql: string) => string): void {
    this.#runRanges([this.rewrite(run, change)]);
  }

  /** Appends a statement to the text and runs it. */
  runAppended(sql: string): void {
    this.#runRanges([this.#append(sql)]);
  }

  #append(sql: string): SqlRange {
    const { text, added } = withStatement(this.getSnapshot().text, sql);
    this.replaceText(text);
    return added;
  }

  setParameter(name: string, parameter: Parameter): void {
    this.update({ parameters: { ...this.getSnapshot().parameters, [name]: parameter } });
  }

  /** Runs the selection, otherwise the statement at the cursor. */
  runAtCursor(): void {
    const { text, on } = this.getSnapshot();
    const selection = this.#editor?.selection() ?? { from: 0, to: 0 };
    if (selection.from !== selection.to) return this.#runRanges(rangesIn(text, selection, on));
    const statement = statementOn(on, text, selection.from);
    // The engine reports the error of an empty text.
    this.#runRanges(statement ? [statement] : [{ from: 0, to: text.length }]);
  }

  /** Runs all statements in order; stops at the first failure. */
  runAll(): void {
    const { text, on } = this.getSnapshot();
    const statements = statementsOf(on, text);
    this.#runRanges(statements.length > 0 ? statements : [{ from: 0, to: text.length }]);
  }

  /** Repeats the run after a restart of the process; only if it was read-only and not cancelled. */
  runAgain(): void {
    const { runs } = this.getSnapshot();
    const again = runs.filter(({ allowChanges }) => !allowChanges);
    if (again.length === runs.length && again.length > 0) {
      this.#runRanges(again.map(({ from, sql }) => ({ from, to: from + sql.length, sql })));
    }
  }

  cancel(): void {
    this.#sequence = null;
    this.getSnapshot().running?.session.cancel();
  }

  /** Drops results and connection. */
  close(): void {
    this.#sequence = null;
    for (const { session } of this.getSnapshot().runs) session.discard();
    this.#sessionClient?.results.closeSession({ sessionId: this.#sessionId }).catch(() => undefined);
    this.#sessionId = crypto.randomUUID();
    this.update({ runs: [], shownIndex: 0 });
  }

  #runRanges(ranges: readonly (SqlRange & { sql?: string })[]): void {
    const { text, allowChanges, on, runs: before } = this.getSnapshot();
    for (const { session } of before) session.discard();
    const client = () => (this.#sessionClient = this.getClient());
    const runs = ranges.map(({ from, to, sql = text.slice(from, to) }) => ({
      sql,
      from,
      allowChanges,
      on,
      // Trino has no named parameters.
      parameters: on === 'local' ? this.#parametersOf(sql) : {},
      startedAt: new Date().toISOString(),
      session: new QuerySession(client, this.#sessionId),
    }));
    this.update({ runs, shownIndex: 0 });
    this.#sequence = Symbol('run');
    void this.#runInTurn(runs, this.#sequence);
  }

  #parametersOf(sql: string): Record<string, Parameter> {
    const { parameters } = this.getSnapshot();
    return Object.fromEntries(
      parameterNames(sql).flatMap((name) => {
        const parameter = parameters[name];
        return parameter ? [[name, parameter]] : [];
      }),
    );
  }

  /** A session has another state: its progress is followed by whoever shows it. */
  #followRunning(): void {
    const { runs, running } = this.getSnapshot();
    if (runningIn(runs) !== running) this.update({});
  }

  async #runInTurn(runs: readonly StatementRun[], sequence: symbol): Promise<void> {
    for (const [index, run] of runs.entries()) {
      if (this.#sequence !== sequence) return;
      this.update({ shownIndex: index });
      const unfollow = run.session.subscribe(() => this.#followRunning());
      const { sql, parameters, allowChanges, on } = run;
      await run.session.run(sql, { parameters, allowChanges, on });
      await settled(run.session);
      unfollow();
      this.#followRunning();
      const state = run.session.getSnapshot();
      this.events.ended(run, state);
      if (state.status !== 'done') return;
    }
  }
}

/** Converts a position in one of its statements to a position in the whole text. */
export function positionIn(text: string, from: number, { line, column }: SqlPosition): SqlPosition {
  const before = text.slice(0, from).split('\n');
  const lastLine = before.at(-1) ?? '';
  return { line: before.length - 1 + line, column: line === 1 ? lastLine.length + column : column };
}

function rangesIn(text: string, { from, to }: SqlRange, on: Engine): SqlRange[] {
  return statementsOf(on, text.slice(from, to)).map((range) => ({ from: from + range.from, to: from + range.to }));
}

/** Resolves when a cancelled statement has stopped. */
function settled(session: QuerySession): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isRunning(session)) return;
      unfollow();
      resolve();
    };
    const unfollow = session.subscribe(look);
    look();
  });
}
