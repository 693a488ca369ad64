import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { claimPort } from './claim-port.ts';

const host = '127.0.0.1';

describe('claimPort', () => {
  it('gives two that ask at once two ports, and a released one again', async () => {
    const [first, second] = await Promise.all([claimPort(23_410, host), claimPort(23_410, host)]);
    expect(first.port).not.toBe(second.port);
    await first.release();
    const third = await claimPort(first.port, host);
    expect(third.port).toBe(first.port);
    await Promise.all([second.release(), third.release()]);
  });

  it('leaves a port alone where somebody listens', async () => {
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(0, host, resolve));
    const address = stranger.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const claim = await claimPort(taken, host);
    expect(claim.port).not.toBe(taken);
    await claim.release();
    await new Promise((resolve) => stranger.close(resolve));
  });
});
