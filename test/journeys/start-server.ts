import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface JourneyServer {
  readonly url: string;
  /** Good for one account. */
  readonly firstAccountUrl: string;
  /** The process of a part, such as `worker`. */
  pidOf(part: string): number;
  stop(): Promise<void>;
}

const stateShape = z.object({ processes: z.array(z.object({ name: z.string(), pid: z.number() })) });
const main = resolve(import.meta.dirname, '../../packages/local-server/src/main.ts');

/** A server as `npm start` makes one, on an empty folder of its own. */
export async function startServer(): Promise<JourneyServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-journeys-'));
  const { PORT: _, ...variables } = process.env;
  const child = spawn(process.execPath, [main], {
    env: { ...variables, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let words = '';
  const firstAccountUrl = await new Promise<string>((done, fail) => {
    const take = (part: Buffer) => {
      words += part.toString();
      const found = /(http\S+\/first-account\?token=\S+)\n/.exec(words)?.[1];
      if (found !== undefined) done(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', () => fail(new Error(`The server did not start:\n${words}`)));
  });
  return {
    url: new URL(firstAccountUrl).origin,
    firstAccountUrl,
    pidOf(part) {
      const { processes } = stateShape.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')));
      const found = processes.find(({ name }) => name === part);
      if (found === undefined) throw new Error(`no ${part} runs`);
      return found.pid;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
