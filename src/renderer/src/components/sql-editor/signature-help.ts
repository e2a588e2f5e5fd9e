import { StateField, type EditorState, type Extension } from '@codemirror/state';
import { showTooltip, type Tooltip } from '@codemirror/view';
import type { SqlFunction } from '../../../../contract/language';
import { sqlTokens } from '../../../../contract/sql-text';

/** How far back the opening bracket of a call is looked for. */
const reach = 2_000;
const shownSignatures = 3;

/** The call that a cursor stands in: name of the function and number of the argument. */
export interface Call {
  readonly name: string;
  readonly argument: number;
  readonly from: number;
}

/** Finds the innermost call that `text` leaves open at its end. */
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

/** Shows how the function is called whose arguments are being written. */
export function signatureHelp(functions: ReadonlyMap<string, SqlFunction>): Extension {
  const tooltipAt = (state: EditorState): Tooltip | null => {
    const { main } = state.selection;
    if (!main.empty) return null;
    const start = Math.max(0, main.head - reach);
    const call = openCall(state.sliceDoc(start, main.head));
    const known = call && functions.get(call.name);
    if (!known) return null;
    return { pos: start + call.from, above: true, create: () => ({ dom: render(known, call.argument) }) };
  };
  return StateField.define<Tooltip | null>({
    // Also made anew, under a cursor that is somewhere, when more functions have become known.
    create: tooltipAt,
    update: (shown, transaction) =>
      transaction.docChanged || transaction.selection ? tooltipAt(transaction.state) : shown,
    provide: (field) => showTooltip.from(field),
  });
}

function render({ name, signatures, description }: SqlFunction, argument: number): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-signature';
  dom.setAttribute('role', 'note');
  dom.setAttribute('aria-label', `How to call ${name}`);
  for (const signature of signatures.slice(0, shownSignatures)) dom.append(line(signature, argument));
  if (signatures.length > shownSignatures) {
    dom.append(textLine(`and ${signatures.length - shownSignatures} more ways`, 'cm-signature-note'));
  }
  if (description !== null) dom.append(textLine(description, 'cm-signature-note'));
  return dom;
}

/** The argument that is being written stands out. */
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
