import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { FloatImage } from '@cellmixer/pixels';

export interface PeerTime {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The same algorithm in SciPy and scikit-image, one thread, in a process that stays warm between runs. */
export interface ScipyPeer {
  readonly versions: Readonly<Record<string, string>>;
  /** Segments all pictures once. */
  run(): Promise<PeerTime>;
  masks(): Promise<Uint8Array[]>;
  close(): void;
}

/** The Python that has SciPy: PYTORCH_PYTHON, else `.venv/bin/python` at the root; null where there is none. */
export function findPython(): string | null {
  const local = resolve(import.meta.dirname, '../../../../.venv/bin/python');
  const named = process.env.PYTORCH_PYTHON;
  if (named) return named;
  return existsSync(local) ? local : null;
}

export async function startScipyPeer(python: string, pictures: readonly FloatImage[]): Promise<ScipyPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'cellmixer-foreground-'));
  const files = pictures.map((picture, i) => {
    const file = join(folder, `${i}.f32`);
    writeFileSync(
      file,
      new Uint8Array(picture.data.buffer, picture.data.byteOffset, picture.data.byteLength),
    );
    return { file, width: picture.width, height: picture.height };
  });
  const script = resolve(import.meta.dirname, '../peers/foreground.py');
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...one },
  });
  const ask = conversation(child);
  const close = () => {
    child.stdin?.end('end\n');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const versions = await ask(JSON.stringify({ pictures: files }));
    return {
      versions,
      run: () => ask('run'),
      async masks() {
        await ask('masks');
        return files.map(({ file }) => new Uint8Array(readFileSync(`${file}.mask`)));
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** One line there, one line of JSON back. */
function conversation(child: ChildProcess): (line: string) => Promise<ReturnType<typeof JSON.parse>> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error(`the Python peer did not start: ${cause.message}`)));
  });
  failed.catch(() => {});
  return async (line) => {
    child.stdin!.write(`${line}\n`);
    const answer = await Promise.race([lines.next(), failed]);
    if (answer.done) throw new Error('the Python peer ended early; its own words are above');
    return JSON.parse(answer.value);
  };
}
