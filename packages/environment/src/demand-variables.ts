import { CellMixerError } from '@cellmixer/errors';
import type { Environment } from './read-environment.ts';

/** An environment in which some variables are surely set. */
export type With<Names extends keyof Environment> = Environment & {
  readonly [Name in Names]: NonNullable<Environment[Name]>;
};

/**
 * @param who what cannot do without, such as `a worker`
 * @throws INVALID_ARGUMENT that names the first variable that is not set
 */
export function demandVariables<const Names extends keyof Environment>(
  environment: Environment,
  names: readonly Names[],
  who: string,
): With<Names> {
  if (areSet(environment, names)) return environment;
  const missing = names.find((name) => environment[name] === undefined) ?? '';
  throw new CellMixerError('INVALID_ARGUMENT', `${who} needs the environment variable ${missing}`, {
    subject: missing,
    cure: `Set ${missing} as docs/operators/configuration.md says, or start everything with \`npm start\`.`,
  });
}

function areSet<Names extends keyof Environment>(
  environment: Environment,
  names: readonly Names[],
): environment is With<Names> {
  return names.every((name) => environment[name] !== undefined);
}
