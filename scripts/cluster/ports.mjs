import { createServer } from 'node:net';

/**
 * @param {number} count
 * @returns {Promise<number[]>} ports of 127.0.0.1 that nobody uses
 */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise((/** @type {(value: import('node:net').Server) => void} */ resolve) => {
        server.listen(0, '127.0.0.1', () => resolve(server));
      });
    }),
  );
  return servers.map((server) => {
    const address = server.address();
    server.close();
    return address !== null && typeof address === 'object' ? address.port : 0;
  });
}
