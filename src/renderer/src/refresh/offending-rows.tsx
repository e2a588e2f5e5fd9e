import type { Check } from '../../../contract/refresh-summary';
import { formatCount } from '../format/numbers';
import { ResultView } from '../results/result-view';
import { useResult } from '../results/session/use-result';

/** Enough to see what is wrong with them; a check may fail on every row there is. */
const rowsShown = 1_000;

/** The rows that a failing check objects to, as they are now. */
export default function OffendingRows({ check: { name, sql, result } }: { check: Check }) {
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
          The first {formatCount(rowsShown)} of {formatCount(rows)} rows
        </p>
      )}
    </section>
  );
}
