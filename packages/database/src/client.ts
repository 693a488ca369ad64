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

/**
 * How every session of ours is set up. Prisma's adapter takes every time for UTC, whatever the server's own zone. Without
 * bitmaps a page of a list is read from where it begins in its index: PostgreSQL, which knows how long a list is on
 * average alone, would read the whole of a long one and sort it. A transaction whose process says nothing for ten
 * seconds is ended: what a frozen worker had locked, another one must be able to take over.
 */
export const sessionOptions =
  '-c timezone=UTC -c enable_bitmapscan=off -c idle_in_transaction_session_timeout=10s';

/** Opens a pool of connections; close it with `$disconnect()`. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { maxConnections = 10 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'cellmixer',
    options: sessionOptions,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  rememberPool(client, pool);
  return client;
}
