import { closeCompletion, selectedCompletion } from '@codemirror/autocomplete';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';

/** Enter after a complete word starts a new line, as without the list. */
export const acceptNewLine = Prec.highest(
  keymap.of([
    {
      key: 'Enter',
      run: (view) => {
        const { head } = view.state.selection.main;
        const chosen = selectedCompletion(view.state)?.label.toLowerCase();
        if (chosen === undefined || head < chosen.length) return false;
        if (view.state.sliceDoc(head - chosen.length, head).toLowerCase() === chosen) closeCompletion(view);
        // Other Enter bindings come next.
        return false;
      },
    },
  ]),
);
