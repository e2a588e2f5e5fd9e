import { useState } from 'react';
import { Button } from '../../../components/button';
import { useFormats } from '../../../format/use-formats';

/** Chromium needs minutes to break a word of a million characters into lines, but no time for parts of this length. */
const partLength = 10_000;

/** A text of any length, to be read: its beginning, and more of it on demand. */
export function LongText({ text }: { text: string }) {
  const formats = useFormats();
  const [shown, setShown] = useState(1);
  if (text.length <= partLength) return text;
  const { parts, rest } = firstParts(text, partLength, shown);
  return (
    <>
      {parts.map(({ start, text: part }) => (
        // A block each: a word that goes on in the next part is laid out again from there.
        <span key={start} className="block">
          {part}
        </span>
      ))}
      {rest > 0 && (
        <Button look="quiet" className="font-sans" onClick={() => setShown(shown + 1)}>
          {`Show more (${formats.amount(rest, 'character')} left)`}
        </Button>
      )}
    </>
  );
}

interface TextPart {
  /** The UTF-16 unit of the text that it begins with. */
  readonly start: number;
  readonly text: string;
}

/**
 * The first parts of a text; together with the rest they are the text.
 * @param length longest part
 * @param most number of parts
 * @returns the parts, and the number of UTF-16 units after them
 */
export function firstParts(text: string, length: number, most: number): { parts: TextPart[]; rest: number } {
  const parts: TextPart[] = [];
  let start = 0;
  while (start < text.length && parts.length < most) {
    // Never cuts a surrogate pair in half.
    const part =
      start + length < text.length
        ? text.slice(start, start + length).replace(/[\ud800-\udbff]$/, '')
        : text.slice(start);
    parts.push({ start, text: part });
    start += part.length;
  }
  return { parts, rest: text.length - start };
}
