import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What a side answers to one question. */
export interface Measurement {
  readonly ms: number;
  /** Processor time of all threads for the same work, where a side tells it: other work on the machine disturbs it less. */
  readonly processorMs?: number;
  /** Peak resident memory of its process so far, in MiB. */
  readonly peakMb: number;
  readonly loss?: number;
}

const here = import.meta.dirname;

/** The Python that has PyTorch: PYTORCH_PYTHON, else `.venv/bin/python` at the root; undefined where there is none. */
export function findPython(): string | undefined {
  const local = join(here, '../../../../.venv/bin/python');
  return process.env.PYTORCH_PYTHON ?? (existsSync(local) ? local : undefined);
}

/** A process that does one piece of work for each line that it is given, and answers with a line of JSON. */
export class PeerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** One of the Python programs in `peers/`. */
  static python(python: string, program: string, args: readonly (string | number)[]): PeerProcess {
    return new PeerProcess(python, [join(here, '../peers', program), ...args.map(String)]);
  }

  /** One of the programs in this folder, on this Node. */
  static node(program: string, args: readonly (string | number)[]): PeerProcess {
    return new PeerProcess(process.execPath, [join(here, program), ...args.map(String)]);
  }

  /** The next line of JSON. */
  async read<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done === true)
      throw new Error(`${this.#child.spawnargs.join(' ')} ended early; its own words are above`);
    const answer: T = JSON.parse(value);
    return answer;
  }

  measure(): Promise<Measurement> {
    this.#child.stdin.write('\n');
    return this.read<Measurement>();
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await ended;
  }
}
