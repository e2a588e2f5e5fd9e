import type { ReactNode } from 'react';

/** Small illustrations of the steps; decorative. */
function Picture({ children }: { children: ReactNode }) {
  return (
    <svg width="72" height="40" viewBox="0 0 72 40" fill="none" aria-hidden className="shrink-0 max-[1000px]:w-14">
      {children}
    </svg>
  );
}

const days = [0, 1, 2, 3, 4];

/** One folder per day, with a file in it. */
export function FilesPicture() {
  return (
    <Picture>
      {days.map((day) => (
        <g key={day} transform={`translate(${2 + day * 14} ${8 - (day % 2) * 3})`}>
          <path
            d="M0 5.5C0 4.7.7 4 1.5 4H4l1.5 1.5h4c.8 0 1.5.7 1.5 1.5v18c0 .8-.7 1.5-1.5 1.5h-8C.7 26.5 0 25.8 0 25z"
            className="fill-surface stroke-bronze"
          />
          <path d="M2.5 12h6M2.5 15.5h6M2.5 19h4" className="stroke-bronze/60" strokeLinecap="round" />
        </g>
      ))}
    </Picture>
  );
}

/** Three layers, each smaller than the one below. */
export function LayersPicture() {
  return (
    <Picture>
      <rect x="4" y="28" width="64" height="8" rx="2" className="fill-bronze/25 stroke-bronze" />
      <rect x="12" y="17" width="48" height="8" rx="2" className="fill-silver/25 stroke-silver" />
      <rect x="22" y="6" width="28" height="8" rx="2" className="fill-gold/25 stroke-gold" />
    </Picture>
  );
}

/** A growing line with a weekly rhythm. */
export function ChartPicture() {
  return (
    <Picture>
      <path d="M4 31 12 28 18 29.5 26 23 32 25.5 40 17 46 20 54 11 60 14 68 5V36H4z" className="fill-accent/15" />
      <path
        d="M4 31 12 28 18 29.5 26 23 32 25.5 40 17 46 20 54 11 60 14 68 5"
        className="stroke-accent"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <path d="M4 36.5h64" className="stroke-line-strong" />
    </Picture>
  );
}
