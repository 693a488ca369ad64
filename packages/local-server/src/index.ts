export { type RunningPostgres, type StartPostgresOptions, startPostgres } from './postgres/start-postgres.ts';
export { type LocalServer, type LocalServerOptions, startLocalServer } from './server/start-local-server.ts';
