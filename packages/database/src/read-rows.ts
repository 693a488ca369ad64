import { CellMixerError } from '@cellmixer/errors';
import pg from 'pg';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { queryPrepared } from './query-prepared.ts';

const pools = new WeakMap<PrismaClient, pg.Pool>();

/** Remembers the pool that a client runs on. */
export function rememberPool(client: PrismaClient, pool: pg.Pool): void {
  pools.set(client, pool);
}

/** The first type that is not PostgreSQL's own: our enums, and lists of them. */
const FIRST_OWN_TYPE = 16_384;
const [INT8, DATE, TIMESTAMPTZ, TEXT_LIST] = [20, 1082, 1184, 1009];
const parseList: (text: string) => unknown = pg.types.getTypeParser(TEXT_LIST);

/** `2026-11-22 21:49:23.381+00` by the engine's own parser, which is many times as fast as one of expressions. */
function parseTime(text: string): Date {
  const iso = `${text.slice(0, 10)}T${text.slice(11)}`;
  return new Date(/[+-]\d\d$/.test(iso) ? `${iso}:00` : iso);
}

/** Values as Prisma gives them. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === INT8) return BigInt;
    if (oid === TIMESTAMPTZ) return parseTime;
    if (oid === DATE) return (text: string) => new Date(`${text}T00:00:00Z`);
    if (oid >= FIRST_OWN_TYPE) return (text: string) => (text.startsWith('{') ? parseList(text) : text);
    return pg.types.getTypeParser(oid, format);
  },
};

/**
 * Reads rows on the client's own pool, past Prisma's engine, which takes several times as long for a page of rows as
 * the database does: for what every request reads, and for single statements that thousands of jobs change rows by
 * (with RETURNING; each is a transaction of its own). Never within a transaction: it would read beside it, so the types
 * let no transaction in. A test's stand-in for a client, which has no pool of its own, reads through Prisma.
 *
 * @throws DATABASE_UNAVAILABLE where there is no connection, or it is lost on the way; else the driver's own errors, with
 * PostgreSQL's `code`
 */
export async function readRows<Row>(database: PrismaClient, sql: Prisma.Sql): Promise<Row[]> {
  const pool = pools.get(database);
  if (pool === undefined) return database.$queryRaw<Row[]>(sql);
  const statement = { text: sql.text, values: [...sql.values], types };
  try {
    await connect(database);
    return await queryPrepared<Row & object>(pool, statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== PLAN_OUTDATED) throw awayOr(error);
    return (await pool.query<Row & object>(statement)).rows;
  }
}

/** Classes and codes of PostgreSQL for a connection: lost, refused for now, one too many, the server on its way down. */
const CONNECTION_CODES = /^(08...|57P0[123]|53300)$/;
/** What the driver says of connections in words alone. */
const CONNECTION_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a)/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT']);

function awayOr(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!CONNECTION_CODES.test(code) && !SOCKET_CODES.has(code) && !CONNECTION_WORDS.test(error.message))
    return error;
  return new CellMixerError(
    'DATABASE_UNAVAILABLE',
    `the database does not answer: ${error.message || code}`,
    {
      cure: 'Try again in a moment. If it stays so, see that PostgreSQL runs and has connections left.',
      cause: error,
    },
  );
}

const connected = new WeakMap<PrismaClient, Promise<void>>();

/** A client that is connected hears of connections that break unused, and closes the pool when it is closed. */
async function connect(database: PrismaClient): Promise<void> {
  const known = connected.get(database);
  if (known !== undefined) return known;
  const connecting = database.$connect();
  connected.set(database, connecting);
  try {
    await connecting;
  } catch (error) {
    connected.delete(database);
    throw error;
  }
}

/** A table has got another column since the statement was prepared. */
const PLAN_OUTDATED = '0A000';
