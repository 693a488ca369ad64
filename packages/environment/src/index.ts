export { bucketOf } from './bucket-of.ts';
export { configurationPage } from './configuration-page.ts';
export { demandVariables } from './demand-variables.ts';
export { type Environment, type EnvironmentSource, readEnvironment } from './read-environment.ts';
