import { keyCaps } from './shortcut';

/** A shortcut, drawn as one cap per key. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className="flex shrink-0 gap-1">
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className="min-w-5 rounded-small border border-line-strong bg-sunken px-1 text-center font-sans text-micro text-ink-soft"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
