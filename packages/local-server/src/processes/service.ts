import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';
import { send } from './end-process.ts';
import { parseReadyWord, type ReadyWord } from './ready-word.ts';
import { restartPause } from './restart-pause.ts';
import { splitLines } from './split-lines.ts';

/** How one start of a service is made. */
export interface Launch {
  readonly command: string;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface ServiceDefinition {
  readonly name: string;
  /** Called before each start, so that a restart can clear away what the last one left. */
  readonly launch: () => Promise<Launch>;
  /** Asked until it says true; where it is absent the service says itself that it is ready (`ReadyWord`). */
  readonly isReady?: (pid: number) => Promise<boolean>;
  /** What asks it to end in order; SIGTERM unless told otherwise. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to become ready; 60 unless told otherwise. */
  readonly readySeconds?: number;
  /** How long it may take to end in order before it is made to; 10 unless told otherwise. */
  readonly stopSeconds?: number;
  /** The shortest pause (ms) before a restart; 500 unless told otherwise. */
  readonly restartMilliseconds?: number;
}

/** What happens to a service, told to whoever writes the log and the state. */
export type ServiceEvent =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'ready'; readonly word: ReadyWord }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'ended'; readonly how: string; readonly restartMilliseconds: number | null };

/** A service that cannot become ready this many times in a row at its first start is given up. */
const FIRST_TRIES = 3;

/** One child process in a process group of its own: started, awaited, started again after a crash, ended. */
export class Service {
  readonly name: string;
  readonly #definition: ServiceDefinition;
  readonly #tell: (event: ServiceEvent) => void;
  readonly #stopping = new AbortController();
  #child: ChildProcess | null = null;
  #word: ReadyWord | null = null;
  #wasReady = false;
  #lastLines: string[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(definition: ServiceDefinition, tell: (event: ServiceEvent) => void) {
    this.name = definition.name;
    this.#definition = definition;
    this.#tell = tell;
  }

  /** What it said when it became ready; null while it is not. */
  get ready(): ReadyWord | null {
    return this.#word;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /**
   * Starts it and resolves when it is ready for the first time. From then on it is started again whenever it
   * ends, after growing pauses, until `stop`.
   *
   * @throws CellMixerError SERVICE_FAILED with its last lines, when three starts in a row came to nothing.
   */
  async start(): Promise<ReadyWord> {
    return new Promise((resolve, reject) => {
      this.#running = this.#keepRunning(resolve).catch(reject);
    });
  }

  /** Ends it in order, by force after `stopSeconds`, and whatever it left in its process group. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child?.pid !== undefined) {
      send(child.pid, this.#definition.stopSignal ?? 'SIGTERM');
      const force = setTimeout(() => this.kill(), 1000 * (this.#definition.stopSeconds ?? 10));
      await this.#running;
      clearTimeout(force);
    }
    await this.#running;
  }

  /** Ends it and its whole process group at once. */
  kill(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    send(-pid, 'SIGKILL');
    send(pid, 'SIGKILL');
  }

  async #keepRunning(onFirstReady: (word: ReadyWord) => void): Promise<void> {
    let failures = 0;
    let end = 'was stopped before it started';
    while (!this.#stopping.signal.aborted) {
      const began = performance.now();
      end = await this.#runOnce(onFirstReady);
      failures = performance.now() - began > 60_000 ? 1 : failures + 1;
      const givenUp = !this.#wasReady && failures >= FIRST_TRIES;
      const ended = this.#stopping.signal.aborted || givenUp;
      const wait = ended ? null : restartPause(failures, this.#definition.restartMilliseconds ?? 500);
      this.#tell({ kind: 'ended', how: end, restartMilliseconds: wait });
      if (givenUp) break;
      if (wait !== null) await pause(wait, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    if (!this.#wasReady) throw this.#failure(end);
  }

  /** Runs it to its end and says how it ended. */
  async #runOnce(onReady: (word: ReadyWord) => void): Promise<string> {
    let launch: Launch;
    try {
      launch = await this.#definition.launch();
    } catch (error) {
      // What cannot even be tried will not get better by trying.
      if (!this.#wasReady && error instanceof CellMixerError) throw error;
      return error instanceof Error ? error.message : String(error);
    }
    if (this.#stopping.signal.aborted) return 'was stopped before it started';
    const { command, argv, ...rest } = launch;
    const child = spawn(command, argv, { ...rest, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`cannot be started: ${error.message}`));
      child.once('close', (code, signal) =>
        resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
      );
    });
    child.stdin.on('error', () => {});
    this.#child = child;
    this.#lastLines = [];
    const pid = child.pid;
    if (pid !== undefined) this.#tell({ kind: 'started', pid });

    const becomeReady = (word: ReadyWord) => {
      if (this.#word !== null || this.#child !== child) return;
      clearTimeout(tooLate);
      this.#word = word;
      this.#wasReady = true;
      this.#tell({ kind: 'ready', word });
      onReady(word);
    };
    let late = false;
    const seconds = this.#definition.readySeconds ?? 60;
    const tooLate = setTimeout(() => {
      late = true;
      this.kill();
    }, seconds * 1000);
    splitLines(child.stdout, (line) => {
      const word = this.#word === null && !this.#definition.isReady ? parseReadyWord(line) : null;
      // The word may hold secrets (the first account's token): it is taken, never logged.
      if (word === null) this.#take(line);
      else becomeReady(word);
    });
    splitLines(child.stderr, (line) => this.#take(line));
    if (pid !== undefined) void this.#askUntilReady(child, pid, becomeReady);

    // A grandchild may hold the pipes open after the child itself has ended.
    child.once('exit', () => {
      if (pid !== undefined) send(-pid, 'SIGKILL');
    });
    const how = await ended;
    clearTimeout(tooLate);
    this.#child = null;
    this.#word = null;
    return late ? `was not ready within ${seconds} s` : how;
  }

  async #askUntilReady(
    child: ChildProcess,
    pid: number,
    becomeReady: (word: ReadyWord) => void,
  ): Promise<void> {
    const ask = this.#definition.isReady;
    if (ask === undefined) return;
    while (this.#child === child && child.exitCode === null && child.signalCode === null) {
      if (await ask(pid).catch(() => false)) return becomeReady({ ready: true });
      await pause(25);
    }
  }

  #take(line: string): void {
    this.#lastLines = [...this.#lastLines.slice(-7), line];
    this.#tell({ kind: 'line', text: line });
  }

  #failure(how: string): CellMixerError {
    const words = this.#lastLines.length > 0 ? `; its last lines:\n  ${this.#lastLines.join('\n  ')}` : '';
    return new CellMixerError('SERVICE_FAILED', `"${this.name}" ${how}${words}`, {
      subject: this.name,
      cure: 'Put right what its last lines name (the whole log is in logs/server.log) and start again.',
    });
  }
}
