/** A DOUBLE as DuckDB writes it: the shortest digits that parse to the same number. */
export function formatDouble(value: number): string {
  return nameOf(value) ?? layOut(value.toExponential());
}

/** Values without digits, and the negative zero. */
function nameOf(value: number): string | null {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : null;
}

/** Converts `-1.25e+3` to `-1250.0`, unless DuckDB writes the exponent, with two digits. */
function layOut(exponential: string): string {
  const [mantissa = '', power = '0'] = exponential.split('e');
  const exponent = Number(power);
  const sign = mantissa.startsWith('-') ? '-' : '';
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
