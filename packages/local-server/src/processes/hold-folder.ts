import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type ListenOptions } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface FolderHold {
  release(): Promise<void>;
}

/**
 * Holds a folder for this process alone; null where another process holds it. The hold is an address that one
 * process at a time can listen on, so that the system itself frees it when its holder dies, however it dies.
 */
export async function holdFolder(folder: string): Promise<FolderHold | null> {
  const address = holdAddress(realpathSync(folder));
  // A holder that was killed this moment takes a little to be gone.
  for (let tries = 0; tries < 10; tries += 1) {
    const hold = await tryHold(address);
    if (hold !== null) return hold;
    await pause(100);
  }
  return null;
}

function tryHold(address: ListenOptions): Promise<FolderHold | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

function holdAddress(folder: string): ListenOptions {
  const key = createHash('sha256').update(folder).digest();
  const name = `cellmixer-server-${key.toString('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return { path: `\0${name}` };
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${name}` };
  return { host: '127.0.0.1', port: 40_000 + (key.readUInt16BE(0) % 9_000) };
}
