/** Electron channels that introduce processes to each other; all else goes over the ports they carry. */
export const connectChannel = 'micro-warehouse:connect';
export const portChannel = 'micro-warehouse:port';

/** Who sits at the other end of a port. */
const portNames = ['main', 'warehouse'] as const;
export type PortName = (typeof portNames)[number];

export function isPortName(value: unknown): value is PortName {
  return portNames.some((name) => name === value);
}
