import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import { openStorage, type Storage } from '@cellmixer/storage';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import type { HarnessSetup } from './page-contract.ts';

/** The browser that tests and benchmarks drive: `CHROMIUM`, or where Debian puts it; null where there is none. */
export function chromiumPath(): string | null {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return existsSync(path) ? path : null;
}

/** A page with viewers, the embedded bucket beside it, and a browser. */
export interface Harness extends AsyncDisposable {
  readonly browser: Browser;
  readonly storage: Storage;
  /** The page's address for what it is to show. */
  pageFor(setup: HarnessSetup): string;
}

const software = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Builds the page and serves it on a port of its own. Drawn by software unless `gpu`, so that it runs anywhere. */
export async function startHarness({ gpu = false }: { readonly gpu?: boolean } = {}): Promise<Harness> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('there is no Chromium; install it or name it with CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'viewer-'));
  const outDir = join(folder, 'page');
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 10_000 },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname);
    const file = join(outDir, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const place = server.address();
  const origin = `http://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}`;
  const account = { accessKey: 'viewer-access', secretKey: 'viewer-secret-of-tests', region: 'us-east-1' };
  const store = await startObjectStore({
    folder: join(folder, 'objects'),
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [origin],
    ...account,
  });
  const { endpoint } = store;
  const storage = openStorage({ endpoint, publicEndpoint: endpoint, bucket: 'viewer', ...account });
  await storage.ensureBucket([origin]);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...(gpu ? [] : software)],
  });
  return {
    browser,
    storage,
    pageFor: (setup) => `${origin}/#${encodeURIComponent(JSON.stringify(setup))}`,
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
