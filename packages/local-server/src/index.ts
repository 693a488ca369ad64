export { type RunningPostgres, type StartPostgresOptions, startPostgres } from './postgres/start-postgres.ts';
