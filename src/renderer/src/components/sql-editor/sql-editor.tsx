import { closeCompletion } from '@codemirror/autocomplete';
import { historyField, toggleComment } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { openSearchPanel } from '@codemirror/search';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup, minimalSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { cspNonce } from '../../client/csp-nonce';
import { rangeAt, type SqlPosition } from './sql-position';
import { sqlTheme } from './sql-theme';

export interface SqlProblem {
  readonly message: string;
  readonly position: SqlPosition;
  /** Ways to mend it, offered beside the message. */
  readonly fixes?: readonly { readonly title: string; readonly apply: () => void }[];
}

/** Commands on an editor from outside. */
export interface EditorHandle {
  /** Replaces the whole text, as one undo step. */
  readonly replace: (text: string) => void;
  /** Replaces the selection, or inserts at the cursor, and moves the focus into the editor. */
  readonly insert: (text: string) => void;
  readonly selection: () => { readonly from: number; readonly to: number };
  readonly find: () => void;
  readonly toggleComment: () => void;
  readonly focus: () => void;
  /** Text, undo steps and selection, to restore in another editor. */
  readonly state: () => unknown;
}

export interface SqlEditorProps {
  readonly label: string;
  /** The initial text; from then on the editor owns its text. */
  readonly initialText: string;
  /** The state of an earlier editor of the same text. */
  readonly initialState?: unknown;
  /** Dialect and completion; null until known. */
  readonly language: Extension | null;
  /** The error to mark; null for none. */
  readonly problem: SqlProblem | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onRunAll: () => void;
  /** Called with the editor on mount, and with null on unmount. */
  readonly onHandle: (handle: EditorHandle | null) => void;
}

const kept = { history: historyField };

/** A SQL editor that runs its text with Ctrl or Cmd and Enter. */
export function SqlEditor(props: SqlEditorProps) {
  const { label, language, problem } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const inUse = useRef(new Compartment());
  // The editor outlives renders; it always calls the latest handlers.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!parent.current) return;
    const extensions = [
      runKeys(
        () => latest.current.onRun(),
        () => latest.current.onRunAll(),
      ),
      basicSetup,
      lintGutter(),
      inUse.current.of([]),
      cursorAfterDrop,
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString());
      }),
      shared(label),
    ];
    const { initialText, initialState, onHandle } = latest.current;
    const editor = new EditorView({
      parent: parent.current,
      state: initialState
        ? EditorState.fromJSON(initialState, { extensions }, kept)
        : EditorState.create({ doc: initialText, extensions }),
    });
    view.current = editor;
    onHandle(handleOf(editor));
    return () => {
      onHandle(null);
      editor.destroy();
    };
    // Created once: afterwards the editor owns the text.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: inUse.current.reconfigure(language ?? sql({ dialect: PostgreSQL })) });
  }, [language]);

  useEffect(() => {
    const state = view.current?.state;
    if (!state) return;
    const diagnostics = problem
      ? [
          {
            ...rangeAt(state.doc, problem.position),
            severity: 'error' as const,
            message: problem.message,
            actions: (problem.fixes ?? []).map(({ title, apply }) => ({ name: title, apply })),
          },
        ]
      : [];
    view.current?.dispatch(setDiagnostics(state, diagnostics));
  }, [problem]);

  return <div ref={parent} data-region="editor" className="h-full min-h-0" />;
}

function handleOf(editor: EditorView): EditorHandle {
  return {
    replace: (text) => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } }),
    insert: (text) => {
      const { from } = editor.state.selection.main;
      // Two names side by side would be one other name.
      const gap = /[\w"']$/.test(editor.state.sliceDoc(Math.max(0, from - 1), from)) ? ' ' : '';
      editor.dispatch(editor.state.replaceSelection(gap + text), { scrollIntoView: true });
      editor.focus();
    },
    selection: () => ({ from: editor.state.selection.main.from, to: editor.state.selection.main.to }),
    find: () => void openSearchPanel(editor),
    toggleComment: () => void toggleComment(editor),
    focus: () => editor.focus(),
    state: () => editor.state.toJSON(kept),
  };
}

/** Read-only SQL with highlighting. */
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
        sql({ dialect: PostgreSQL }),
        // Aligned with the text around it.
        EditorView.theme({ '.cm-line': { padding: '0 16px' } }),
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

/** Dropped text would stay selected, and Run would run it alone. */
const cursorAfterDrop = EditorState.transactionFilter.of((transaction) =>
  transaction.isUserEvent('input.drop')
    ? [transaction, { selection: { anchor: transaction.newSelection.main.to }, sequential: true }]
    : transaction,
);

/** Takes precedence over the standard keys, which use Mod-Enter for a new line. */
function runKeys(run: () => void, runAll: () => void): Extension {
  const then = (act: () => void) => (view: EditorView) => {
    // Otherwise it would open a moment later, over the result.
    closeCompletion(view);
    act();
    return true;
  };
  return Prec.highest(
    keymap.of([
      { key: 'Mod-Enter', run: then(run) },
      { key: 'Mod-Shift-Enter', run: then(runAll) },
    ]),
  );
}
