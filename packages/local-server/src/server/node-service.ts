import { join } from 'node:path';
import type { Launch } from '../processes/service.ts';

const endWithSupervisor = new URL('../processes/end-with-supervisor.ts', import.meta.url).href;

/** Young objects die young here: a small nursery keeps idle services small (MiB). */
const USUAL_FLAGS = ['--max-semi-space-size=4'];
/**
 * For workers. Pixels come and go beside the heap, and below its first limit (MiB) V8 does not go through all of it
 * because of them; with the usual low one it does so every few pictures, which costs as much as reading them.
 */
export const WORKER_FLAGS = [...USUAL_FLAGS, '--initial-old-space-size=128'];

/**
 * A part of the server that Node runs from its source: a child that ends with this process. What Node has compiled
 * is kept for the next start, which is then twice as fast.
 */
export function launchNode(
  main: string,
  env: NodeJS.ProcessEnv,
  cwd: string,
  flags: readonly string[] = USUAL_FLAGS,
): Launch {
  return {
    command: process.execPath,
    argv: [...flags, '--import', endWithSupervisor, main],
    cwd,
    env: {
      NODE_COMPILE_CACHE: join(cwd, 'node_modules', '.cache', 'node'),
      ...env,
      SUPERVISED: '1',
      SUPERVISOR_PID: String(process.pid),
    },
  };
}
