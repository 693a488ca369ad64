import { createServer } from 'node:net';
import { tryHold } from './hold-name.ts';

/** A port that is free, and that no other server of ours on this machine takes until it is released. */
export interface PortClaim {
  readonly port: number;
  release(): Promise<void>;
}

/**
 * Claims the preferred port where it is free, else one of the next nineteen, else any free one. Between the look and
 * the moment when its service listens seconds pass; the claim keeps servers that start at the same time apart.
 */
export async function claimPort(preferred: number, host: string): Promise<PortClaim> {
  for (let port = preferred; port < Math.min(preferred + 20, 65_536); port += 1) {
    const claim = await tryClaim(port, host);
    if (claim !== null) return claim;
  }
  for (;;) {
    const claim = await tryClaim(await anyPort(host), host);
    if (claim !== null) return claim;
  }
}

async function tryClaim(port: number, host: string): Promise<PortClaim | null> {
  const hold = await tryHold(`port ${port}`);
  if (hold === null) return null;
  if (await isFree(port, host)) return { port, release: hold.release };
  await hold.release();
  return null;
}

/** Whether nobody listens on the port of this machine's `host`. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function anyPort(host: string): Promise<number> {
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
