type PatternName = 'hatch' | 'dots';

/** The fill with a pattern of the chart with this id. */
export const patternFill = (id: string, name: PatternName): string => `url(#${id}-${name})`;

/** An id that can stand in a `url()`. */
export const patternId = (reactId: string): string => reactId.replaceAll(/[^\w-]/g, '');

/**
 * Fills that differ by shape from those of the series: *hatch* where rows are missing, *dots* where a period is partial.
 */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-hatch`} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={7} height={7} fill="var(--surface)" fillOpacity={0.75} />
        <line x1={0} y1={0} x2={0} y2={7} stroke="var(--warn)" strokeWidth={2} strokeOpacity={0.55} />
      </pattern>
      <pattern id={`${id}-dots`} width={5} height={5} patternUnits="userSpaceOnUse">
        <rect width={5} height={5} fill="var(--surface)" fillOpacity={0.6} />
        <circle cx={2.5} cy={2.5} r={1} fill="var(--ink-faint)" />
      </pattern>
    </defs>
  );
}
