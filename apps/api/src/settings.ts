import { type Environment, type EnvironmentSource, readEnvironment } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';

const needed = [
  'PUBLIC_URL',
  'AUTH_SECRET',
  'DATABASE_URL',
  'S3_ENDPOINT',
  'S3_ACCESS_KEY',
  'S3_SECRET_KEY',
] as const;

export type ApiSettings = Environment & { readonly [Name in (typeof needed)[number]]: string };

/** @throws INVALID_ARGUMENT that names the variable that the API cannot do without */
export function readSettings(source: EnvironmentSource): ApiSettings {
  const environment = readEnvironment(source);
  if (isWhole(environment)) return environment;
  const missing = needed.find((name) => environment[name] === undefined) ?? '';
  throw new CellMixerError('INVALID_ARGUMENT', `the API needs the environment variable ${missing}`, {
    subject: missing,
    cure: `Set ${missing} as docs/operators/configuration.md says, or start everything with \`npm start\`.`,
  });
}

function isWhole(environment: Environment): environment is ApiSettings {
  return needed.every((name) => environment[name] !== undefined);
}
