import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Waits until no other start installs in this folder. The lock is an address that one process at a time can
 * listen on, so that the system itself frees it when its holder dies, however it dies.
 */
export async function holdInstallLock(root, onWait) {
  const address = lockAddress(realpathSync(root));
  for (let tries = 0; ; tries += 1) {
    const server = await listen(address);
    if (server !== null) {
      return {
        descriptor: descriptorOf(server),
        release: () => new Promise((resolve) => server.close(resolve)),
      };
    }
    if (tries === 0) onWait();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function lockAddress(folder) {
  const key = createHash('sha256').update(folder).digest();
  const name = `cellmixer-install-${key.toString('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return { path: `\0${name}` };
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${name}` };
  return { host: '127.0.0.1', port: 20_000 + (key.readUInt16BE(0) % 20_000) };
}

function listen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** The number under which a child can inherit the lock; null where the system has no such thing. */
function descriptorOf(server) {
  const descriptor = server._handle?.fd;
  return process.platform === 'win32' || typeof descriptor !== 'number' || descriptor < 0 ? null : descriptor;
}
