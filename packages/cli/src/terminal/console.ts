import { CellMixerError } from '@cellmixer/errors';
import { createProgress, type Progress, type ProgressStream } from './progress.ts';

/**
 * Where a command writes. Results go to the standard output: words, or with `--json` objects, one a line, and
 * nothing else. Progress and notes go to the other stream.
 */
export interface Console {
  readonly progress: Progress;
  /** A result as words; silent with `--json`. */
  print(line?: string): void;
  /** A result as an object; silent without `--json`. */
  emit(value: object): void;
  /** A word beside the results, such as a warning. */
  note(line: string): void;
  fail(error: unknown): void;
}

export interface ConsoleOptions {
  readonly json: boolean;
  readonly out: ProgressStream;
  readonly notes: ProgressStream;
}

export function createConsole({ json, out, notes }: ConsoleOptions): Console {
  const progress = createProgress(notes);
  return {
    progress,
    print(line = '') {
      if (json) return;
      progress.clear();
      out.write(`${line}\n`);
    },
    emit(value) {
      if (json) out.write(`${JSON.stringify(value)}\n`);
    },
    note: (line) => progress.say(line),
    fail(error) {
      progress.clear();
      for (const line of explain(error)) notes.write(`${line}\n`);
      if (json) out.write(`${JSON.stringify({ error: asObject(error) })}\n`);
    },
  };
}

function explain(error: unknown): string[] {
  if (error instanceof CellMixerError) {
    return [
      `${error.code}: ${error.message}`,
      ...(error.cure === undefined ? [] : [`What to do: ${error.cure}`]),
    ];
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return ['This is a fault of the program itself. Please report it with these lines:', trace];
}

function asObject(error: unknown): object {
  if (error instanceof CellMixerError) {
    const { code, message, cure = null, subject = null } = error;
    return { code, message, cure, subject };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}
