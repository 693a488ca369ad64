import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';

/** @throws INVALID_ARGUMENT where the address cannot be listened on */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  // A client that dribbles must not hold a place for long.
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CellMixerError('INVALID_ARGUMENT', `cannot listen on ${host}:${port}: ${cause.message}`, {
          subject: 'PORT',
          cure: 'Set PORT to a free port.',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = address !== null && typeof address === 'object' ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

/**
 * Lets what is inside come to its end, for a time, while the server goes on answering that it is about to stop. Then
 * all connections are closed.
 */
export async function drain(server: Server, isBusy: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (isBusy() && performance.now() < end) await pause(20);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  // An answer that is being written gets a moment to leave.
  await Promise.race([closed, pause(isBusy() ? 0 : 200)]);
  server.closeAllConnections();
  await closed;
}
