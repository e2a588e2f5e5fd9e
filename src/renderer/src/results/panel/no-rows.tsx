import type { OpenedResult } from '../rows/open-windows';

/** Why there are no rows. */
export function NoRows({ opened, shown }: { opened: OpenedResult; shown: OpenedResult }) {
  if (shown.result.rows > 0) return null;
  return (
    <p className="pointer-events-none absolute inset-x-0 top-16 z-10 text-center text-ink-soft">
      {opened.result.rows === 0 ? 'Query returned no rows.' : 'No rows match the filters.'}
    </p>
  );
}
