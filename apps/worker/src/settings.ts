import { type Environment, type EnvironmentSource, readEnvironment } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';

const needed = ['DATABASE_URL', 'S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'INFERENCE_URL'] as const;

export type WorkerSettings = Environment & { readonly [Name in (typeof needed)[number]]: string };

/** @throws INVALID_ARGUMENT that names the variable that a worker cannot do without */
export function readSettings(source: EnvironmentSource): WorkerSettings {
  const environment = readEnvironment(source);
  if (isWhole(environment)) return environment;
  const missing = needed.find((name) => environment[name] === undefined) ?? '';
  throw new CellMixerError('INVALID_ARGUMENT', `a worker needs the environment variable ${missing}`, {
    subject: missing,
    cure: `Set ${missing} as docs/operators/configuration.md says, or start everything with \`npm start\`.`,
  });
}

function isWhole(environment: Environment): environment is WorkerSettings {
  return needed.every((name) => environment[name] !== undefined);
}
