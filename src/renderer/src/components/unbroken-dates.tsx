/** Dates and months in all formats of the settings: `2025-11-24`, `24.11.2025`, `11/24/2025`, `2025-11`. */
const datePattern = /\d+(?:[-./]\d+){1,2}\.?/g;

/** Keeps each date of a sentence on one line: a browser may break a line after a hyphen. */
export function UnbrokenDates({ text }: { text: string }) {
  const dates = [...text.matchAll(datePattern)];
  const end = (match: RegExpExecArray | undefined) => (match ? match.index + match[0].length : 0);
  return (
    <>
      {dates.map((match, place) => (
        <span key={match.index}>
          {text.slice(end(dates[place - 1]), match.index)}
          <span className="whitespace-nowrap">{match[0]}</span>
        </span>
      ))}
      {text.slice(end(dates.at(-1)))}
    </>
  );
}
