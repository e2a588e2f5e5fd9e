import { closeCompletion } from '@codemirror/autocomplete';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { autocompletion } from '@codemirror/autocomplete';
import { basicSetup, minimalSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { cspNonce } from '../../client/csp-nonce';
import { rangeAt, type SqlPosition } from './sql-position';
import { sqlTheme } from './sql-theme';

/** Tables and their columns, for completion. */
export type SqlSchema = Readonly<Record<string, readonly string[]>>;

export interface SqlProblem {
  readonly message: string;
  readonly position: SqlPosition;
}

export interface SqlEditorProps {
  readonly label: string;
  /** What it opens with; from then on the editor owns its text. */
  readonly initialText: string;
  readonly schema: SqlSchema;
  /** Marked where it is, until it is null again. */
  readonly problem: SqlProblem | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

/** A SQL editor that runs its text with Ctrl or Cmd and Enter. */
export function SqlEditor({ label, initialText, schema, problem, onChange, onRun }: SqlEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const language = useRef(new Compartment());
  // The editor lives longer than a render; it calls whatever handlers are newest.
  const handlers = useRef({ onChange, onRun });
  useEffect(() => {
    handlers.current = { onChange, onRun };
  });

  useEffect(() => {
    if (!parent.current) return;
    const editor = new EditorView({
      parent: parent.current,
      doc: initialText,
      extensions: [
        runKey(() => handlers.current.onRun()),
        basicSetup,
        // Its icons are glyphs that many systems have no font for.
        autocompletion({ icons: false }),
        lintGutter(),
        language.current.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) handlers.current.onChange(update.state.doc.toString());
        }),
        shared(label),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
    // Made once: the text belongs to the editor after that.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(sqlLanguage(schema)) });
  }, [schema]);

  useEffect(() => {
    const state = view.current?.state;
    if (!state) return;
    const diagnostics = problem
      ? [{ ...rangeAt(state.doc, problem.position), severity: 'error' as const, message: problem.message }]
      : [];
    view.current?.dispatch(setDiagnostics(state, diagnostics));
  }, [problem]);

  return <div ref={parent} className="h-full min-h-0" />;
}

/** SQL to read: highlighted, not to be changed. */
export function SqlText({ label, text }: { label: string; text: string }) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!parent.current) return;
    const editor = new EditorView({
      parent: parent.current,
      doc: text,
      extensions: [
        minimalSetup,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-readonly': 'true' }),
        sqlLanguage({}),
        shared(label),
      ],
    });
    return () => editor.destroy();
  }, [label, text]);
  return <div ref={parent} className="h-full min-h-0" />;
}

function shared(label: string): Extension {
  return [
    EditorView.cspNonce.of(cspNonce()),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    sqlTheme,
  ];
}

/** Above the standard keys, which take Mod-Enter for a new line. */
function runKey(run: () => void): Extension {
  const onKey = (view: EditorView) => {
    // It would open a moment later, over what is being run.
    closeCompletion(view);
    run();
    return true;
  };
  return Prec.highest(keymap.of([{ key: 'Mod-Enter', run: onKey }]));
}

/** DuckDB's SQL is close to PostgreSQL's. */
function sqlLanguage(schema: SqlSchema): Extension {
  return sql({ dialect: PostgreSQL, schema, upperCaseKeywords: true });
}
