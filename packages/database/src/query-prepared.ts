import { LRUCache } from 'lru-cache';
import type pg from 'pg';

/** Statements that are worth being kept prepared: planning takes longer than reading a page. */
const MOST_PREPARED = 500;
/** So often a statement is asked for before it takes one of those places, which what is asked for once would fill. */
const OFTEN = 10;
/** Statements whose times are counted. */
const MOST_COUNTED = 2000;
/** A connection that holds so many, those that are asked for no more among them, gives way to a new one. */
const MOST_HELD = 2 * MOST_PREPARED;

/** Both keep what was asked for last: whoever asks for something else every time pushes out nobody's daily work. */
const names = new LRUCache<string, string>({ max: MOST_PREPARED });
const times = new LRUCache<string, number>({ max: MOST_COUNTED });
let named = 0;

/** The names that a connection has prepared. PostgreSQL keeps them as long as the connection lives. */
const held = new WeakMap<pg.PoolClient, Set<string>>();

/** Runs a statement on one of the pool's connections, prepared where it is asked for often. */
export async function queryPrepared<Row extends object>(
  pool: pg.Pool,
  statement: pg.QueryConfig,
): Promise<Row[]> {
  const name = nameOf(statement.text);
  if (name === undefined) return (await pool.query<Row>(statement)).rows;
  const connection = await pool.connect();
  let ends: boolean | Error = true;
  connection.once('error', ignore);
  try {
    const { rows } = await connection.query<Row>({ ...statement, name });
    ends = holds(connection, name) >= MOST_HELD;
    return rows;
  } finally {
    connection.off('error', ignore);
    connection.release(ends);
  }
}

/** A connection that breaks says so to whoever waits for its answer, too. */
function ignore(): void {}

function holds(connection: pg.PoolClient, name: string): number {
  const known = held.get(connection) ?? new Set();
  held.set(connection, known.add(name));
  return known.size;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  const asked = (times.get(text) ?? 0) + 1;
  if (asked < OFTEN) {
    times.set(text, asked);
    return;
  }
  times.delete(text);
  named += 1;
  const name = `rows ${named}`;
  names.set(text, name);
  return name;
}
