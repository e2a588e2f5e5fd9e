export interface ProgressBarProps {
  /** The accessible name of the bar. */
  readonly label: string;
  /** From 0 to 1; null while unknown. */
  readonly fraction: number | null;
  /** Read by screen readers instead of the percentage. */
  readonly text?: string;
}

/** A job's progress bar. */
export function ProgressBar({ label, fraction, text }: ProgressBarProps) {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className="w-full"
    >
      <ProgressTrack fraction={fraction} />
    </div>
  );
}

/** The bar alone, for places that show its value as text. */
export function ProgressTrack({ fraction }: { fraction: number | null }) {
  return (
    <div aria-hidden className="h-1.5 w-full overflow-hidden rounded-full bg-selected">
      {fraction === null ? (
        <div className="h-full w-1/3 animate-sweep rounded-full bg-accent" />
      ) : (
        <div
          className="h-full origin-left rounded-full bg-accent transition-transform duration-200 ease-linear"
          style={{ transform: `scaleX(${fraction})` }}
        />
      )}
    </div>
  );
}
