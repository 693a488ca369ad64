export { bucketOf } from './bucket-of.ts';
export { configurationPage } from './configuration-page.ts';
export { demandVariables } from './demand-variables.ts';
export { KEEP_ALIVE } from './keep-alive.ts';
export { type Environment, type EnvironmentSource, readEnvironment } from './read-environment.ts';
