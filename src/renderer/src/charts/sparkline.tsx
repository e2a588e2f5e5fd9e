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

/** Bars that only show how values compare; figures are next to them. */
export function MiniBars({ label, values }: { label: string; values: readonly number[] }) {
  const most = Math.max(...values, 1e-9);
  const pitch = 100 / Math.max(1, values.length);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" className="h-8 w-full">
      <path
        d={values.map((value, index) => barPath(index * pitch, pitch, (value / most) * height)).join('')}
        className="fill-accent/60"
      />
    </svg>
  );
}

/** A bar from the ground, with a gap on both sides. */
function barPath(left: number, pitch: number, high: number): string {
  return `M${left + pitch * 0.12} ${height}v${-Math.max(0, high)}h${pitch * 0.76}v${Math.max(0, high)}Z`;
}
