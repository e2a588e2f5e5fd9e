import type { ConsoleTabState } from '../../../contract/console';
import type { Parameter } from '../../../contract/results';
import { parameterNames, splitStatements, statementAt, type SqlRange } from '../../../contract/sql-text';
import type { WarehouseClient } from '../client/connection';
import type { EditorHandle } from '../components/sql-editor/sql-editor';
import { QuerySession, type QueryState } from '../results/session/query-session';
import type { SqlPosition } from '../components/sql-editor/sql-position';

/** Title of an unnamed tab. */
export const untitled = 'Query';

/** One statement of a run, with its outcome. */
export interface StatementRun {
  readonly sql: string;
  /** Its offset in the text. */
  readonly from: number;
  readonly allowChanges: boolean;
  /** Values of its parameters. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly startedAt: string;
  readonly session: QuerySession;
}

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
}

/** Tabs as those see them who open and show some. */
export interface TabHost {
  readonly all: readonly ConsoleTab[];
  add(tab: NewTab): ConsoleTab;
  show(tab: ConsoleTab): void;
}

/** The text of one tab and the outcomes of its statements, which share a connection. */
export class ConsoleTab {
  readonly id: string;
  /** Set while its editor is mounted. */
  editor: EditorHandle | null = null;
  /** State that the editor leaves when another tab is selected: undo steps, selection. */
  editorState: unknown = null;
  /** The text in the saved query's file; null while unknown. */
  savedText: string | null = null;
  /** The text in its file, if another program changed it while it was being edited here; otherwise null. */
  outsideText: string | null = null;
  #state: Omit<ConsoleTabState, 'id'>;
  #text: string;
  #allowChanges = false;
  #runs: readonly StatementRun[] = [];
  #selected = 0;
  #sequence: symbol | null = null;
  #sessionId: string = crypto.randomUUID();
  #sessionClient: WarehouseClient | null = null;

  constructor(
    { id, ...state }: ConsoleTabState,
    text: string,
    private readonly getClient: () => WarehouseClient | null,
    private readonly events: TabEvents,
  ) {
    this.id = id;
    this.#state = state;
    this.#text = text;
  }

  get state(): ConsoleTabState {
    return { id: this.id, ...this.#state };
  }

  /** The title of the tab. */
  get title(): string {
    const { name, query } = this.#state;
    return name ?? query?.replace(/\.sql$/, '') ?? untitled;
  }

  get text(): string {
    return this.#text;
  }

  get unsaved(): boolean {
    return this.#state.query !== null && this.savedText !== null && this.savedText !== this.#text;
  }

  /** Whether SQL may write. Never saved between starts. */
  get allowChanges(): boolean {
    return this.#allowChanges;
  }

  allow(changes: boolean): void {
    this.#allowChanges = changes;
    this.events.changed(this);
  }

  get runs(): readonly StatementRun[] {
    return this.#runs;
  }

  /** The statement with the outcome on show. */
  get shown(): StatementRun | null {
    return this.#runs[this.#selected] ?? null;
  }

  get shownIndex(): number {
    return this.#selected;
  }

  show(index: number): void {
    this.#selected = index;
    this.events.changed(this);
  }

  get active(): StatementRun | null {
    return this.#runs.find(({ session }) => ['running', 'stopping'].includes(session.getState().status)) ?? null;
  }

  update(change: Partial<Omit<ConsoleTabState, 'id'>>): void {
    this.#state = { ...this.#state, ...change };
    this.events.changed(this);
  }

  /** Called by the editor. */
  write(text: string): void {
    this.#text = text;
    this.events.textChanged(this);
  }

  /** Replaces the text from outside the editor; can be undone in it. */
  replaceText(text: string): void {
    if (this.editor) this.editor.replace(text);
    else this.write(text);
  }

  /** Replaces an executed statement, if the text still contains it; otherwise appends the new one. */
  rewrite({ sql, from }: StatementRun, change: (sql: string) => string): void {
    const changed = change(sql);
    const unmoved = this.#text.slice(from, from + sql.length) === sql;
    this.replaceText(
      unmoved
        ? this.#text.slice(0, from) + changed + this.#text.slice(from + sql.length)
        : `${this.#text.trimEnd()}\n\n${changed}`,
    );
  }

  setParameter(name: string, parameter: Parameter): void {
    this.update({ parameters: { ...this.#state.parameters, [name]: parameter } });
  }

  /** Runs the selection, otherwise the statement at the cursor. */
  runAtCursor(): void {
    const selection = this.editor?.selection() ?? { from: 0, to: 0 };
    if (selection.from !== selection.to) return this.#runRanges(rangesIn(this.#text, selection));
    const statement = statementAt(this.#text, selection.from);
    // DuckDB reports the error of an empty text.
    this.#runRanges(statement ? [statement] : [{ from: 0, to: this.#text.length }]);
  }

  /** Runs all statements in order; stops at the first failure. */
  runAll(): void {
    const statements = splitStatements(this.#text);
    this.#runRanges(statements.length > 0 ? statements : [{ from: 0, to: this.#text.length }]);
  }

  /** Repeats the run after a restart of the process; only if it was read-only and not cancelled. */
  runAgain(): void {
    const again = this.#runs.filter(({ allowChanges }) => !allowChanges);
    if (again.length === this.#runs.length && again.length > 0) {
      this.#runRanges(again.map(({ from, sql }) => ({ from, to: from + sql.length, sql })));
    }
  }

  cancel(): void {
    this.#sequence = null;
    this.active?.session.cancel();
  }

  /** Drops results and connection. */
  close(): void {
    this.#sequence = null;
    for (const { session } of this.#runs) session.discard();
    this.#sessionClient?.results.closeSession({ sessionId: this.#sessionId }).catch(() => undefined);
    this.#sessionId = crypto.randomUUID();
    this.#runs = [];
  }

  #runRanges(ranges: readonly (SqlRange & { sql?: string })[]): void {
    for (const { session } of this.#runs) session.discard();
    const client = () => (this.#sessionClient = this.getClient());
    this.#runs = ranges.map(({ from, to, sql = this.#text.slice(from, to) }) => ({
      sql,
      from,
      allowChanges: this.#allowChanges,
      parameters: this.#parametersOf(sql),
      startedAt: new Date().toISOString(),
      session: new QuerySession(client, this.#sessionId),
    }));
    this.#selected = 0;
    this.#sequence = Symbol('run');
    void this.#runInTurn(this.#runs, this.#sequence);
    this.events.changed(this);
  }

  #parametersOf(sql: string): Record<string, Parameter> {
    const { parameters } = this.#state;
    return Object.fromEntries(
      parameterNames(sql).flatMap((name) => {
        const parameter = parameters[name];
        return parameter ? [[name, parameter]] : [];
      }),
    );
  }

  async #runInTurn(runs: readonly StatementRun[], sequence: symbol): Promise<void> {
    for (const [index, run] of runs.entries()) {
      if (this.#sequence !== sequence) return;
      this.#selected = index;
      const unfollow = run.session.subscribe(() => this.events.changed(this));
      await run.session.run(run.sql, { parameters: run.parameters, allowChanges: run.allowChanges });
      await settled(run.session);
      unfollow();
      const state = run.session.getState();
      this.events.ended(run, state);
      this.events.changed(this);
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

function rangesIn(text: string, { from, to }: SqlRange): SqlRange[] {
  return splitStatements(text.slice(from, to)).map((range) => ({ from: from + range.from, to: from + range.to }));
}

/** Resolves when a cancelled statement has stopped. */
function settled(session: QuerySession): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (['running', 'stopping'].includes(session.getState().status)) return;
      unfollow();
      resolve();
    };
    const unfollow = session.subscribe(look);
    look();
  });
}
