import { fileURLToPath } from 'node:url';
import type { Launch } from '../processes/service.ts';

const endWithSupervisor = new URL('../processes/end-with-supervisor.ts', import.meta.url).href;

/** A part of the server that Node runs from its source: a child that ends with this process. */
export function launchNode(main: string, env: NodeJS.ProcessEnv, cwd: string): Launch {
  return {
    command: process.execPath,
    argv: ['--import', endWithSupervisor, main],
    cwd,
    env: { ...env, SUPERVISED: '1', SUPERVISOR_PID: String(process.pid) },
  };
}

/** The process of the embedded object store. */
export const objectStoreMain = fileURLToPath(new URL('../object-store/main.ts', import.meta.url));
