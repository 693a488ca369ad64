import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const version = '5.1.5';
/** Too heavy for a dependency (185 packages, 300 MB with its editor): installed on first use, and kept. */
const cache = resolve(import.meta.dirname, '../../../../.data/cache/peers', `postgraphile-${version}`);

export interface OpenServer extends AsyncDisposable {
  /** Where GraphQL is answered. */
  readonly url: string;
}

/** Our API without sign-in, as a process of its own. */
export function openOurs(databaseUrl: string, userId: string): Promise<OpenServer> {
  const program = fileURLToPath(import.meta.resolve('@cellmixer/api/open-server'));
  return open([program, databaseUrl, userId]);
}

/** PostGraphile over the same tables. */
export async function openPostGraphile(databaseUrl: string): Promise<OpenServer> {
  if (!existsSync(join(cache, 'node_modules/postgraphile/package.json'))) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{"private": true, "type": "module"}\n');
    const packages = [`postgraphile@${version}`, 'graphql@16.15.0', 'pg@8.23.1'];
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync('npm', ['install', '--save-exact', ...flags, ...packages], {
      cwd: cache,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`postgraphile ${version} could not be installed into ${cache}`);
  }
  const program = join(cache, 'server.mjs');
  writeFileSync(program, server);
  return open([program, databaseUrl]);
}

/** As its own documentation sets it up, with the preset that shows every relation and no editor. */
const server = `import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.argv[2], schemas: ['public'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port + '/graphql' })));
process.stdin.resume().on('end', () => process.exit(0));
`;

async function open(args: readonly string[]): Promise<OpenServer> {
  const env = { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production' };
  const child = spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const { url }: { url: string } = JSON.parse(line);
    return {
      url,
      async [Symbol.asyncDispose]() {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error(`${args[0]} ended before it was ready; its own words are above`);
}
