/** One sample of a value that should not grow. */
export interface Sample {
  /** Since the start, in any unit. */
  readonly at: number;
  readonly value: number;
}

export interface Series {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Growth over the whole time that isn't a leak, in the unit of the values. */
  readonly tolerance: number;
}

export interface Verdict {
  readonly name: string;
  /** Growth of the series since its first tenth, by its trend; negative if it has shrunk. */
  readonly growth: number;
  /** The allowed growth: its tolerance plus the possible effect of noise. */
  readonly most: number;
  readonly flat: boolean;
  /** The median of the values at the start and at the end, to explain the verdict. */
  readonly first: number;
  readonly last: number;
}

/** Changes in the first tenth (caches that fill, code that is loaded) aren't growth. */
const warmUp = 0.1;
/** With twenty samples of pure noise, the trend stays within two and a half times its own error by this factor. */
const noiseFactor = 2;
/** Fewer samples have no trend. */
export const leastSamples = 8;

/**
 * Whether a series is flat after its first tenth. Its trend is the median of the slopes between all pairs of samples
 * (Theil and Sen), which is robust against outliers and late garbage collections.
 * @throws Error for fewer than {@link leastSamples} samples after the first tenth
 */
export function judge({ name, samples, tolerance }: Series): Verdict {
  const end = samples.at(-1)?.at ?? 0;
  const start = samples[0]?.at ?? 0;
  const judged = samples.filter(({ at }) => at >= start + (end - start) * warmUp);
  if (judged.length < leastSamples) {
    throw new Error(`${name} has ${judged.length} samples after the first tenth; ${leastSamples} are needed.`);
  }
  const slope = median(slopesOf(judged));
  const growth = slope * (end - (judged[0]?.at ?? 0));
  const offsets = judged.map(({ at, value }) => value - slope * at);
  const middle = median(offsets);
  // For normal noise, the median absolute deviation is 0.6745 of the standard deviation.
  const noise = median(offsets.map((offset) => Math.abs(offset - middle))) / 0.6745;
  const most = tolerance + noiseFactor * noise;
  const part = Math.ceil(judged.length / 5);
  return {
    name,
    growth,
    most,
    flat: growth <= most,
    first: median(judged.slice(0, part).map(({ value }) => value)),
    last: median(judged.slice(-part).map(({ value }) => value)),
  };
}

function slopesOf(samples: readonly Sample[]): number[] {
  return samples.flatMap((later, index) =>
    samples
      .slice(0, index)
      .filter(({ at }) => at < later.at)
      .map(({ at, value }) => (later.value - value) / (later.at - at)),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
