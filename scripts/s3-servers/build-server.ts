import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { ForeignServer } from './servers.ts';

export type BuiltServer =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly why: string };

/** Builds a server once into the cache. It takes minutes, one core, and the lowest priority. */
export async function buildServer(
  server: ForeignServer,
  cache: string,
  signal: AbortSignal,
): Promise<BuiltServer> {
  const folder = join(cache, `${server.name}-${server.version}`);
  const path = join(folder, server.binary + (process.platform === 'win32' ? '.exe' : ''));
  if (existsSync(path)) return { ok: true, path };
  if (spawnSync('go', ['version']).status !== 0) {
    return { ok: false, why: `no Go toolchain on the PATH, and no ${path} from an earlier run` };
  }
  mkdirSync(folder, { recursive: true });
  console.log(`building ${server.module} (some minutes; kept in ${folder})`);
  const code = await new Promise<number | null>((resolve) => {
    const build = spawn('go', ['install', server.module], {
      // Outside of any Go module, or its go.mod would decide versions.
      cwd: folder,
      env: { ...process.env, GOBIN: folder, GOFLAGS: '-p=1' },
      stdio: ['ignore', 'ignore', 'inherit'],
      signal,
    });
    build.on('spawn', () => setPriority(build.pid ?? 0, 15));
    build.on('error', () => resolve(null));
    build.on('exit', resolve);
  });
  return code === 0 && existsSync(path)
    ? { ok: true, path }
    : { ok: false, why: `go install ended with ${code ?? 'a signal'}` };
}
