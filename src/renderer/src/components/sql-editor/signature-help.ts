import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { keymap, showTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import type { SqlFunction } from '../../../../contract/language';
import { sqlTokens } from '../../../../contract/text/sql-text';

/** How far back to search for the opening bracket of a call. */
const reach = 2_000;
/** Few and short, so that the help covers one line above the call and not the text. */
const shownSignatures = 1;

/** The call around a cursor: function name and argument index. */
export interface Call {
  readonly name: string;
  readonly argument: number;
  readonly from: number;
}

/** Finds the innermost unclosed call at the end of `text`. */
function openCall(text: string): Call | null {
  const open: { name: string; argument: number; from: number }[] = [];
  let last = { kind: '', text: '', from: 0 };
  for (const { kind, from, to } of sqlTokens(text)) {
    if (kind === 'space' || kind === 'comment') continue;
    const token = text.slice(from, to);
    if (kind === 'symbol' && token === '(') {
      open.push({ name: last.kind === 'word' ? last.text.toLowerCase() : '', argument: 0, from: last.from });
    } else if (kind === 'symbol' && token === ')') open.pop();
    else if (kind === 'symbol' && token === ';') open.length = 0;
    else if (kind === 'symbol' && token === ',') {
      const call = open.at(-1);
      if (call) call.argument += 1;
    }
    last = { kind, text: token, from };
  }
  return open.findLast(({ name }) => name !== '') ?? null;
}

/** The help to show, and the start of the call for which the user has closed it. */
interface ShownHelp {
  readonly tooltip: Tooltip | null;
  /** The start of the call that the help is about; null for none. */
  readonly callAt: number | null;
  readonly closedAt: number | null;
}

const close = StateEffect.define<number>();

/** Shows the signature of the function whose arguments are being written; Escape hides it until the next call. */
export function signatureHelp(functions: ReadonlyMap<string, SqlFunction>): Extension {
  const none = { tooltip: null, callAt: null };
  const helpAt = (state: EditorState): Pick<ShownHelp, 'tooltip' | 'callAt'> => {
    const { main } = state.selection;
    if (!main.empty) return none;
    const start = Math.max(0, main.head - reach);
    const call = openCall(state.sliceDoc(start, main.head));
    const known = call && functions.get(call.name);
    if (!known) return none;
    const callAt = start + call.from;
    const tooltip: Tooltip = {
      // Above the line that is being written, never below it: the text that follows stays in sight.
      pos: Math.max(callAt, state.doc.lineAt(main.head).from),
      above: true,
      strictSide: true,
      create: () => ({ dom: render(known, call.argument) }),
    };
    return { tooltip, callAt };
  };
  const field = StateField.define<ShownHelp>({
    // Also updated when more functions have become known.
    create: (state) => ({ ...helpAt(state), closedAt: null }),
    update: (shown, transaction) => {
      const closing = transaction.effects.find((effect) => effect.is(close));
      if (closing) return { ...none, closedAt: closing.value };
      if (!transaction.docChanged && !transaction.selection) return shown;
      const help = helpAt(transaction.state);
      const closedAt = shown.closedAt === null ? null : transaction.changes.mapPos(shown.closedAt);
      return help.callAt !== null && help.callAt === closedAt ? { ...none, closedAt } : { ...help, closedAt: null };
    },
    provide: (help) => showTooltip.from(help, ({ tooltip }) => tooltip),
  });
  const closeShown = (view: EditorView): boolean => {
    const { callAt } = view.state.field(field);
    if (callAt !== null) view.dispatch({ effects: close.of(callAt) });
    return callAt !== null;
  };
  // The completion list handles Escape first: it covers the help.
  return [field, keymap.of([{ key: 'Escape', run: closeShown }])];
}

function render({ name, signatures, description }: SqlFunction, argument: number): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-signature';
  dom.setAttribute('role', 'note');
  dom.setAttribute('aria-label', `Signature of ${name}`);
  for (const signature of signatures.slice(0, shownSignatures)) dom.append(line(signature, argument));
  if (signatures.length > shownSignatures) {
    dom.append(textLine(`and ${signatures.length - shownSignatures} more`, 'cm-signature-note'));
  }
  if (description !== null) dom.append(textLine(description, 'cm-signature-note'));
  return dom;
}

/** Highlights the current argument. */
function line(signature: string, argument: number): HTMLElement {
  const dom = textLine('', 'cm-signature-line');
  const [, head = '', inner = '', tail = ''] = /^([^(]*\()(.*)(\).*)$/.exec(signature) ?? [];
  dom.append(head);
  for (const [index, parameter] of inner.split(', ').entries()) {
    if (index > 0) dom.append(', ');
    const part = document.createElement(index === argument ? 'strong' : 'span');
    part.textContent = parameter;
    dom.append(part);
  }
  dom.append(tail);
  return dom;
}

function textLine(text: string, className: string): HTMLElement {
  const dom = document.createElement('div');
  dom.className = className;
  dom.textContent = text;
  return dom;
}
