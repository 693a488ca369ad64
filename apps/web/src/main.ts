/** The portal as a process: `node apps/web/src/main.ts`, on what `npm start` has built. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { demandVariables, KEEP_ALIVE, readEnvironment } from '@cellmixer/environment';

const settings = demandVariables(readEnvironment(process.env), ['API_URL'], 'the portal');
const server = resolve(import.meta.dirname, '../.next/standalone/apps/web/server.js');
if (!existsSync(server)) {
  process.stderr.write('The portal is not built. `npm start` builds it.\n');
  process.exit(1);
}
const port = settings.PORT ?? (await freePort());
Object.assign(process.env, {
  PORT: String(port),
  HOSTNAME: settings.HOST,
  KEEP_ALIVE_TIMEOUT: String(KEEP_ALIVE),
  NEXT_TELEMETRY_DISABLED: '1',
});
await import(pathToFileURL(server).href);

// Next says in words alone that it listens.
while (!(await answers())) await pause(25);
process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);

async function answers(): Promise<boolean> {
  const host = settings.HOST === '0.0.0.0' ? '127.0.0.1' : settings.HOST;
  const response = await fetch(`http://${host}:${port}/icon.svg`).catch(() => null);
  await response?.arrayBuffer();
  return response?.ok ?? false;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, settings.HOST, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
