/** A count: `1,445`. */
export function countText(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A count of things: `1 team`, `1,445 teams`. @param noun in the singular */
export function amountText(value: number, noun: string): string {
  return `${countText(value)} ${noun}${Math.round(value) === 1 ? '' : 's'}`;
}

/** A count that is an estimate, with two digits: `about 1,400`. */
export function aboutText(value: number): string {
  if (value < 0.5) return 'none';
  if (value < 10) return `about ${Math.round(value)}`;
  return `about ${Number(Math.max(0, value).toPrecision(2)).toLocaleString('en')}`;
}

/** A factor as a change: 1.5 is `+50%`. @param digits after the point, at most */
export function changeText(factor: number, digits = 1): string {
  const percent = (factor - 1) * 100;
  const text = Math.abs(percent).toLocaleString('en', { maximumFractionDigits: digits });
  return `${percent < 0 ? '-' : '+'}${text}%`;
}
