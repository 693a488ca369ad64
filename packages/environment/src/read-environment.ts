import { CellMixerError } from '@cellmixer/errors';
import type { z } from 'zod';
import { notes, variables } from './variables.ts';

/** The checked values by their variables' names; undefined only where absence has a meaning of its own. */
export type Environment = Readonly<z.output<typeof variables>>;

/** Variables by name, as `process.env` has them. */
export type EnvironmentSource = Readonly<Record<string, string | undefined>>;

/**
 * Reads every variable of the table. Empty text counts as absent, as compose files write it.
 *
 * @throws CellMixerError INVALID_ARGUMENT that names the variable, its value (unless secret) and the cure.
 */
export function readEnvironment(source: EnvironmentSource): Environment {
  const given = Object.fromEntries(
    Object.keys(variables.shape).map((name) => [name, source[name] === '' ? undefined : source[name]]),
  );
  const read = variables.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    const name = String(issue?.path[0]);
    throw refuse(name, given[name], issue?.message ?? 'is not allowed');
  }
  const environment = read.data;
  for (const name of ['S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const) {
    if (environment.S3_ENDPOINT !== undefined && environment[name] === undefined) {
      throw refuse(name, undefined, 'is needed where S3_ENDPOINT is set');
    }
  }
  return { ...environment, S3_PUBLIC_ENDPOINT: environment.S3_PUBLIC_ENDPOINT ?? environment.S3_ENDPOINT };
}

function refuse(name: string, value: string | undefined, words: string): CellMixerError {
  return new CellMixerError(
    'INVALID_ARGUMENT',
    `the environment variable ${name} is ${shown(name, value)}, but ${words}`,
    {
      subject: name,
      cure: `Set ${name} as docs/operators/configuration.md says, or leave it out where it has a default.`,
    },
  );
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set';
  const secret = Object.entries(variables.shape).some(
    ([other, schema]) => other === name && notes.get(schema)?.secret === true,
  );
  return secret ? `a secret of ${value.length} characters` : `"${value}"`;
}
