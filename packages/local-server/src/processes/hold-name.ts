import { createHash } from 'node:crypto';
import { createServer, type ListenOptions } from 'node:net';

export interface Hold {
  release(): Promise<void>;
}

/**
 * Holds a name on this machine for this process alone; null where it is held already. The hold is an address that
 * one process at a time can listen on, so that the system itself frees it when its holder dies, however it dies.
 */
export function tryHold(name: string): Promise<Hold | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(addressOf(name), () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

function addressOf(name: string): ListenOptions {
  const key = createHash('sha256').update(name).digest();
  const path = `cellmixer-server-${key.toString('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return { path: `\0${path}` };
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${path}` };
  return { host: '127.0.0.1', port: 40_000 + (key.readUInt16BE(0) % 9_000) };
}
