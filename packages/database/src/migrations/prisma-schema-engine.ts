#!/usr/bin/env node
/**
 * Stands in for the schema engine that Prisma's command line would download: the same JSON-RPC on standard input and
 * output, answered by the engine from npm. `prisma.config.ts` names it; so the stock commands work.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { z } from 'zod';
import { MigrationAdapter } from './migration-adapter.ts';
import { openSchemaEngine } from './open-schema-engine.ts';

const argv = process.argv.slice(2);
const valuesOf = (flag: string) => argv.flatMap((word, at) => (word === flag ? [argv[at + 1] ?? ''] : []));
const datasource = valuesOf('--datasource')[0];
const url =
  datasource === undefined
    ? undefined
    : z.object({ url: z.string().optional() }).parse(JSON.parse(datasource)).url;

if (argv.includes('--version')) process.stdout.write('schema-engine-cli from npm\n');
else if (argv.includes('cli')) await runDatabaseCommand(argv[argv.indexOf('cli') + 1] ?? '');
else answerRequests();

/** `can-connect-to-database`, `create-database`, `drop-database`: one line of log and an exit code. */
async function runDatabaseCommand(command: string): Promise<void> {
  const target = new URL(url ?? '');
  const name = decodeURIComponent(target.pathname.slice(1));
  const elsewhere = new URL(target);
  elsewhere.pathname = '/postgres';
  const statements: Readonly<Record<string, string>> = {
    'create-database': `CREATE DATABASE "${name}"`,
    'drop-database': `DROP DATABASE "${name}" WITH (FORCE)`,
  };
  const statement = statements[command];
  const client = new pg.Client({ connectionString: (statement === undefined ? target : elsewhere).href });
  try {
    await client.connect();
    if (statement !== undefined) await client.query(statement);
    log('INFO', { message: command === 'drop-database' ? 'The database was successfully dropped.' : 'done' });
  } catch (error) {
    const codes: Readonly<Record<string, string>> = {
      '3D000': 'P1003',
      '28P01': 'P1000',
      ECONNREFUSED: 'P1001',
      '42P04': 'P1009',
    };
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message || code : String(error);
    log('ERROR', { is_panic: false, error_code: codes[code] ?? 'P1000', message });
    process.exitCode = 1;
  } finally {
    await client.end();
  }
}

function answerRequests(): void {
  const datamodels = valuesOf('--datamodels').map((file): [string, string] => [
    file,
    readFileSync(file, 'utf8'),
  ]);
  const engine = openSchemaEngine(new MigrationAdapter(url ?? 'postgresql://nowhere/none'), datamodels);
  engine.catch(() => {});
  const request = z.object({
    id: z.union([z.number(), z.string()]),
    method: z.string(),
    params: z.unknown(),
  });
  let last = Promise.resolve();
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const asked = request.safeParse(JSON.parse(line));
      if (asked.success) last = last.then(() => answer(engine, asked.data));
    })
    .on('close', () => void last.then(() => process.exit(0)));
}

async function answer(
  opening: ReturnType<typeof openSchemaEngine>,
  asked: { id: number | string; method: string; params?: unknown },
): Promise<void> {
  const { id } = asked;
  try {
    const engine = await opening;
    const name = asked.method === 'getDatabaseVersion' ? 'version' : asked.method;
    const method: unknown = Reflect.get(engine, name);
    if (typeof method !== 'function') throw new Error(`the engine has no "${name}"`);
    const result: unknown = await Reflect.apply(method, engine, [asked.params]);
    const printed = z.object({ exitCode: z.number(), stdout: z.string() }).safeParse(result);
    if (name === 'diff' && printed.success) {
      say({ id: 0, method: 'print', params: { content: printed.data.stdout } });
      say({ id, result: { exitCode: printed.data.exitCode, stdout: null } });
    } else say({ id, result: result ?? {} });
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error));
    const cause = fault.cause instanceof Error ? `\n${fault.cause.message}` : '';
    const data = {
      is_panic: false,
      message: fault.message + cause,
      meta: 'meta' in fault ? fault.meta : null,
      error_code: 'code' in fault ? fault.code : undefined,
    };
    say({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } });
  }
}

function say(words: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...words })}\n`);
}

function log(level: string, fields: object): void {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' };
  writeSync(2, `${JSON.stringify(line)}\n`);
}
