/** Electron channels that hand ports to other processes; everything else is sent through those ports. */
export const connectChannel = 'micro-warehouse:connect';
export const portChannel = 'micro-warehouse:port';

/** The process at the other end of a port. */
const portNames = ['main', 'warehouse'] as const;
export type PortName = (typeof portNames)[number];

export function isPortName(value: unknown): value is PortName {
  return portNames.some((name) => name === value);
}
