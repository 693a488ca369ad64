import { PrismaPg } from '@prisma/adapter-pg';
import type { Prisma } from './generated/client.ts';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Connections that this process may hold. 10 by default. */
  readonly maxConnections?: number;
  /** Told every SQL statement; for counting in tests and benchmarks. */
  readonly onStatement?: (sql: string) => void;
}

/** Opens a pool of connections; close it with `$disconnect()`. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { maxConnections = 10, onStatement } = options;
  const adapter = new PrismaPg({
    connectionString: url,
    max: maxConnections,
    application_name: 'cellmixer',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  if (onStatement === undefined) return new PrismaClient({ adapter });
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  client.$on('query', (event) => onStatement(event.query));
  return client;
}
