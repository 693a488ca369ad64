import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Types of PostgreSQL's catalogues that the adapter does not know, as types that it reads alike. */
const READ_AS: Readonly<Record<number, number>> = {
  18: 1042, // "char" as bpchar
  19: 25, // name as text
  26: 20, // oid as int8
  194: 25, // pg_node_tree as text
  1003: 1009, // name[] as text[]
};
const SINGLE_CHARACTER = 18;

/** Which columns of a result hold a "char", by its rows. */
type CharacterColumns = WeakMap<object, number[]>;

/**
 * Prisma's own adapter for `pg`, with three things that the schema engine needs of it: it reads the catalogues' types,
 * runs a script as one call (so that a failing migration leaves nothing and `$$` bodies stay whole), and makes a real
 * shadow database. One connection only: the engine's advisory lock would wait for itself on a second one.
 */
export class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #url: string;
  readonly #open: SqlDriverAdapter[] = [];

  constructor(databaseUrl: string) {
    this.#url = databaseUrl;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await open(this.#url);
    this.#open.push(adapter);
    return adapter;
  }

  /** Closes what the engine has opened: it does not always do so itself. */
  async close(): Promise<void> {
    for (const adapter of this.#open.splice(0)) await adapter.dispose();
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await runAlone(this.#url, `CREATE DATABASE "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    return open(url.href, () => runAlone(this.#url, `DROP DATABASE "${name}" WITH (FORCE)`));
  }
}

async function open(url: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const characters: CharacterColumns = new WeakMap();
  const pool = cataloguePool(url, characters);
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    async queryRaw(query) {
      const result = await adapter.queryRaw(query);
      const columnTypes = [...result.columnTypes];
      for (const column of characters.get(result.rows) ?? []) columnTypes[column] = ColumnTypeEnum.Character;
      return { ...result, columnTypes };
    },
    async executeScript(script) {
      await pool.query(script).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? inPrismasWords(error) : error;
      });
    },
    async dispose() {
      if (pool.ended) return;
      await pool.end();
      await afterwards?.();
    },
  };
}

/** So that the engine keeps with the failed migration why it failed. */
function inPrismasWords(error: pg.DatabaseError): DriverAdapterError {
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'unknown',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}

function cataloguePool(url: string, characters: CharacterColumns): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true });
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    const ask = client.query.bind(client);
    const value = async (question: pg.QueryConfig, values?: string[]) => {
      const result = await ask(question, values);
      // A script of several statements gives a list of results without rows to read.
      if (!Array.isArray(result)) readCatalogueTypes(result, characters);
      return result;
    };
    Object.defineProperty(client, 'query', { value });
  });
  const value = async (question: pg.QueryConfig, values?: string[]) => {
    const client = await pool.connect();
    try {
      return await client.query(question, values);
    } finally {
      client.release();
    }
  };
  Object.defineProperty(pool, 'query', { value });
  return pool;
}

function readCatalogueTypes(result: pg.QueryResult, characters: CharacterColumns): void {
  const columns = result.fields.flatMap((field, at) => (field.dataTypeID === SINGLE_CHARACTER ? [at] : []));
  characters.set(result.rows, columns);
  for (const field of result.fields) field.dataTypeID = READ_AS[field.dataTypeID] ?? field.dataTypeID;
}

/** Runs a statement that no transaction may hold, on a connection of its own. */
async function runAlone(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
