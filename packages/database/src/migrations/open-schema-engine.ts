import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

/** What TypeScript knows of WebAssembly only among a browser's types. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>;
};

/** A schema file: its path and what it holds. */
export type Datamodel = [path: string, content: string];

/** Prisma's schema engine from its npm package, in this process: nothing is downloaded, no other process starts. */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodels: Datamodel[],
): Promise<SchemaEngine> {
  // The module is one instance for the whole process: a second one would pull the first one's memory away.
  bindings ??= loadBindings();
  const { SchemaEngine } = await bindings;
  return SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

let bindings: ReturnType<typeof loadBindings> | undefined;

async function loadBindings() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  // Where the engine leaves its last words when it gives up.
  const panics = {
    message: '',
    get: () => panics.message,
    set_message(words: string) {
      panics.message = words;
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const module = await WebAssembly.compile(await readFile(join(folder, 'schema_engine_bg.wasm')));
  const { exports } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': { ...engine } });
  engine.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === 'function') exports.__wbindgen_start();
  return engine;
}
