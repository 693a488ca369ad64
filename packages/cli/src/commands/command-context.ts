import type { Console } from '../terminal/console.ts';

/** What a command gets beside its own arguments. */
export interface CommandContext {
  readonly console: Console;
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal;
}
