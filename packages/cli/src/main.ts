#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodeOf } from './exit-codes.ts';
import { onInterrupt } from './interrupt.ts';
import { createProgram, type Runner } from './program.ts';
import { createConsole } from './terminal/console.ts';

const run: Runner = async (json, command) => {
  const console = createConsole({ json, out: process.stdout, notes: process.stderr });
  const { signal, end } = onInterrupt(() =>
    console.note('Stopping in order; what is done is kept. Press Ctrl-C again to leave at once.'),
  );
  try {
    await command({ console, signal });
  } catch (error) {
    console.fail(error);
    process.exitCode = exitCodeOf(error);
  } finally {
    console.progress.clear();
    end();
  }
};

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const program = createProgram(run).exitOverride();
for (const command of program.commands) command.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no mistakes; everything else that the parser refuses is one of the command line.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
