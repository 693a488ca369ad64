import { createServer } from 'node:net';

/** Whether nobody listens on the port of this machine's `host`. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The preferred port where it is free, else one of the next nineteen, else any free one. */
export async function freePort(preferred: number, host: string): Promise<number> {
  for (let port = preferred; port < Math.min(preferred + 20, 65_536); port += 1) {
    if (await isFree(port, host)) return port;
  }
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
