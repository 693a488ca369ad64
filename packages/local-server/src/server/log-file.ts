import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A log file is put aside beyond this size (bytes); so many of them are kept, the present one included. */
const LARGEST = 10 * 2 ** 20;
const KEPT = 5;

/** `logs/server.log` of a data folder: one JSON object a line, each with the time and the part that wrote it. */
export class LogFile {
  readonly path: string;
  readonly #largest: number;
  #descriptor: number;
  #size: number;

  constructor(folder: string, largest: number = LARGEST) {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    this.path = join(folder, 'logs', 'server.log');
    this.#largest = largest;
    this.#descriptor = openSync(this.path, 'a', 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  /** Writes a line of a part: JSON objects as they are, with the part's name before them; words as a message. */
  write(service: string, line: string): void {
    const text = `${tagged(service, line)}\n`;
    try {
      if (this.#size + text.length > this.#largest) this.#rotate();
      this.#size += writeSync(this.#descriptor, text);
    } catch {
      // A full disk must not end the server; the terminal tells what matters.
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    rmSync(`${this.path}.${KEPT - 1}`, { force: true });
    for (let number = KEPT - 2; number >= 1; number -= 1) {
      const file = `${this.path}.${number}`;
      if (existsSync(file)) renameSync(file, `${this.path}.${number + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
    this.#descriptor = openSync(this.path, 'a', 0o600);
    this.#size = 0;
  }
}

function tagged(service: string, line: string): string {
  if (line.startsWith('{') && line.length > 2) {
    try {
      JSON.parse(line);
      return `{"service":${JSON.stringify(service)},${line.slice(1)}`;
    } catch {
      // Words that only begin like an object.
    }
  }
  return JSON.stringify({ service, time: new Date().toISOString(), msg: line });
}
