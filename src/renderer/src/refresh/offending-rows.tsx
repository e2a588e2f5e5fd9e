import type { Check } from '../../../contract/refresh-summary';
import { useFormats } from '../format/use-formats';
import { ResultView } from '../results/result-view';
import { useResult } from '../results/session/use-result';

/** Enough rows to see the problem; a check may fail on every row. */
const rowsShown = 1_000;

/** The rows that currently fail a check. */
export default function OffendingRows({ check: { name, sql, result } }: { check: Check }) {
  const formats = useFormats();
  const state = useResult(`SELECT * FROM (\n${sql.replace(/;\s*$/, '')}\n) LIMIT ${rowsShown}`);
  const rows = result?.failedRows ?? 0;
  return (
    <section aria-label={`Rows that fail ${name}`} className="border-t border-line/60 bg-sunken">
      <div className="h-56">
        <ResultView
          state={state}
          empty="These rows have changed since the last refresh and no longer fail this check."
        />
      </div>
      {rows > rowsShown && (
        <p className="border-t border-line px-4 py-1 text-small text-ink-soft">
          The first {formats.count(rowsShown)} of {formats.count(rows)} rows
        </p>
      )}
    </section>
  );
}
