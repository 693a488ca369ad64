import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Prisma } from './generated/client.ts';
import { PrismaClient } from './generated/client.ts';
import { rememberPool } from './read-rows.ts';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Connections that this process may hold. 10 by default. */
  readonly maxConnections?: number;
}

/** Opens a pool of connections; close it with `$disconnect()`. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { maxConnections = 10 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'cellmixer',
    // Prisma's adapter takes every time for UTC, whatever the server's own zone.
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  rememberPool(client, pool);
  return client;
}
