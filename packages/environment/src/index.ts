export { configurationPage } from './configuration-page.ts';
export { type Environment, type EnvironmentSource, readEnvironment } from './read-environment.ts';
