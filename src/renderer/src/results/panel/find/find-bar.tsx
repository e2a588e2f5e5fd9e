import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { maxFoundText } from '../../../../../contract/result-work';
import { Button } from '../../../components/button';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';
import type { Find } from './use-find';

/** Searches the whole result: a text, the number of matches, and steps from one to the next. */
export function FindBar({ find, onClose }: { find: Find; onClose: () => void }) {
  const { text, setText, step, error } = find;
  const formats = useFormats();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="search"
      aria-label="Find in result"
      onKeyDown={onKeyDown}
      className="flex shrink-0 items-center gap-1 border-b border-line bg-sunken px-2 py-1"
    >
      <Search size={14} aria-hidden className="mx-1 shrink-0 text-ink-faint" />
      <input
        type="text"
        aria-label="Find in all rows"
        placeholder="Find in all rows"
        value={text}
        maxLength={maxFoundText}
        ref={focusNew}
        onChange={(event) => setText(event.target.value)}
        className="h-7 w-56 min-w-24 rounded-medium border border-line-strong bg-surface px-2 outline-offset-0"
      />
      <p role="status" className="min-w-0 flex-1 truncate px-2 text-small text-ink-soft">
        {error ? <span className="text-bad">{error.message}</span> : countText(find, formats)}
      </p>
      <Button
        look="quiet"
        icon={ChevronUp}
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        disabled={!find.total}
        onClick={() => step(-1)}
      />
      <Button
        look="quiet"
        icon={ChevronDown}
        aria-label="Next match"
        title="Next match (Enter)"
        disabled={!find.total}
        onClick={() => step(1)}
      />
      <Button look="quiet" icon={X} aria-label="Close the search" title="Close (Escape)" onClick={onClose} />
    </div>
  );
}

function focusNew(input: HTMLInputElement | null): void {
  input?.focus();
}

function countText({ text, total, number, pending }: Find, formats: Formats): string {
  if (text === '') return '';
  if (pending || total === null) return 'Searching…';
  return total === 0 ? 'No matches' : `${formats.count(number + 1)} of ${formats.count(total)}`;
}
