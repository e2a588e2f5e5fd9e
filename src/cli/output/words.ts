/** `1,234,567`. Not `toLocaleString`: loading the locales takes 10 ms, which a short command notices. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `820 ms`, `1.2 s`, `3 min 5 s` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `88.4 MB`, in powers of ten as disks are sold. */
export function size(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  const [unit, name] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
    ] as const
  ).find(([least]) => bytes >= least) ?? [1e3, 'kB'];
  return `${(bytes / unit).toFixed(1)} ${name}`;
}
