import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';

const mark = z.object({ pid: z.number(), startedAt: z.string() });

const stateShape = z.object({
  /** The supervisor that wrote it; null after it has ended in order. */
  supervisor: mark.nullable(),
  /** Where people reach the server. */
  url: z.string(),
  /** The ports that were taken last time; tried first next time. */
  ports: z.record(z.string(), z.number()),
  /** Made at the first start, for all that is not set from outside. */
  secrets: z.object({
    AUTH_SECRET: z.string(),
    S3_ACCESS_KEY: z.string(),
    S3_SECRET_KEY: z.string(),
    INFERENCE_TOKEN: z.string(),
  }),
  /** The children that live, in the order of their start. */
  processes: z.array(mark.extend({ name: z.string() })),
});

export type ServerState = z.output<typeof stateShape>;

/** `state.json` of a data folder: what the next start must know. Only its owner may read it: it holds secrets. */
export class StateFile {
  readonly #path: string;
  #state: ServerState;

  /** @throws CellMixerError INVALID_ARGUMENT where the file is there but is no state. */
  constructor(folder: string) {
    this.#path = join(folder, 'state.json');
    this.#state = read(this.#path) ?? freshState();
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Changes part of it; a crash leaves the old or the new file whole. */
  change(part: Partial<ServerState>): void {
    this.#state = { ...this.#state, ...part };
    const temporary = `${this.#path}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(this.#state, null, 2)}\n`, { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, this.#path);
  }
}

function read(path: string): ServerState | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return stateShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new CellMixerError('INVALID_ARGUMENT', `"${path}" is damaged`, {
      subject: path,
      cure: 'Put it back from a copy, or take it away: then secrets are made anew, and everybody must sign in again.',
      cause,
    });
  }
}

function freshState(): ServerState {
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    supervisor: null,
    url: '',
    ports: {},
    secrets: {
      AUTH_SECRET: secret(32),
      S3_ACCESS_KEY: `cm${secret(9)}`,
      S3_SECRET_KEY: secret(24),
      INFERENCE_TOKEN: secret(24),
    },
    processes: [],
  };
}
