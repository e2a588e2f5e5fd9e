const height = 32;
/** Margin for the width of the line. */
const edge = 2;

/** A line that only shows the trend; figures are next to it. */
export function Sparkline({ label, values }: { label: string; values: readonly number[] }) {
  if (values.length < 2) return null;
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  const across = 100 / (values.length - 1);
  const points = values.map((value, index) => {
    const share = highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
    return `${(index * across).toFixed(2)},${(height - edge - share * (height - 2 * edge)).toFixed(2)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="h-8 w-full overflow-visible text-accent"
    >
      <polygon points={`0,${height} ${points.join(' ')} 100,${height}`} className="fill-current opacity-10" />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
