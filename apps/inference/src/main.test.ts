import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createInferencePredictor } from '@cellmixer/inference-client';
import { afterAll, describe, expect, it } from 'vitest';
import { putModel, smallModel, smallPicture } from './testing/small-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'inference-main-'));
putModel(folder, 'cells', '1', smallModel(1));
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(address !== null && typeof address === 'object' ? address.port : 0);
}

/** Starts the process; its address comes with its first line. */
async function start(variables: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, MODEL_REPOSITORY: folder, EXECUTION_PROVIDER: 'cpu', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, line: JSON.parse(String(line)) };
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  return child.exitCode ?? (await once(child, 'exit'))[0];
}

describe('the process', () => {
  it('says that it is ready, predicts, and ends with 0 on SIGTERM in the middle of its work', async () => {
    const port = await freePort();
    const { child, line } = await start({ PORT: port });
    expect(line).toEqual({ ready: true, url: `http://127.0.0.1:${port}` });
    const predictor = await createInferencePredictor({ url: line.url, model: 'cells', patienceMs: 0 });
    expect((await predictor.predict(smallPicture(1), 1, 16, 16)).types.length).toBe(512);
    const pending = predictor.predict(new Float32Array(512 * 512), 1, 512, 512).catch(() => 'refused');
    child.kill('SIGTERM');
    expect(await exitCode(child)).toBe(0);
    await pending;
  });

  it('ends when its supervisor is gone', async () => {
    const { child } = await start({ PORT: await freePort(), SUPERVISED: '1' });
    child.stdin.destroy();
    expect(await exitCode(child)).toBe(0);
  });

  it('says what is wrong and ends with 1 where it cannot start', async () => {
    const { child, line } = await start({ INFERENCE_HOST: '0.0.0.0' });
    expect(line).toMatchObject({ level: 60, cure: expect.stringContaining('INFERENCE_TOKEN') });
    expect(await exitCode(child)).toBe(1);
  });
});
