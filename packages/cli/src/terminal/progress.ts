/** The part of a terminal or file that progress is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line that moves on a terminal; now and then a plain line elsewhere (a log, a pipe). */
export interface Progress {
  /** What is being done now. */
  update(text: string): void;
  /** A line that stays. */
  say(text: string): void;
  /** Takes the moving line away. */
  clear(): void;
}

export interface ProgressOptions {
  /** Milliseconds between two plain lines; 10 s. */
  readonly plainEvery?: number;
  /** Milliseconds since some fixed moment. */
  readonly now?: () => number;
}

const TTY_EVERY = 100;

export function createProgress(stream: ProgressStream, options: ProgressOptions = {}): Progress {
  const { plainEvery = 10_000, now = () => performance.now() } = options;
  const moving = stream.isTTY === true;
  const every = moving ? TTY_EVERY : plainEvery;
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\x1b[K');
    shown = false;
  };
  return {
    update(text) {
      if (now() - last < every) return;
      last = now();
      if (moving) {
        const room = Math.max(20, (stream.columns || 80) - 1);
        stream.write(`\r\x1b[K${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
        shown = true;
      } else stream.write(`${text}\n`);
    },
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    clear,
  };
}
