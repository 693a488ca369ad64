/**
 * Runs the contract suite of the object store, and a lab's journey from upload to export, against the embedded
 * server and, where a Go toolchain is at hand, against real servers that are built once and kept: `npm run test:s3`, or
 * some of them: `-- embedded minio`.
 */
import { join, resolve } from 'node:path';
import { buildServer } from './s3-servers/build-server.ts';
import { runSuite, type SuiteResult } from './s3-servers/run-suite.ts';
import { embedded, foreignServers } from './s3-servers/servers.ts';
import { startServer } from './s3-servers/start-server.ts';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, '.data', 'cache', 's3-servers');
const names = [embedded, ...foreignServers.map((server) => server.name)];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no server "${unknown}". Servers: ${names.join(', ')}.`);
  process.exit(2);
}
const isAsked = (name: string) => asked.length === 0 || asked.includes(name);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

const results: { readonly server: string; readonly result: SuiteResult | string }[] = [];
if (isAsked(embedded)) {
  console.log(`\n== ${embedded}`);
  results.push({ server: embedded, result: await runSuite(root, {}, stopping.signal) });
}
for (const server of foreignServers) {
  if (!isAsked(server.name) || stopping.signal.aborted) continue;
  const title = `${server.name} ${server.version}`;
  console.log(`\n== ${title}`);
  const built = await buildServer(server, cache, stopping.signal);
  if (!built.ok) {
    console.log(built.why);
    results.push({ server: title, result: built.why });
    continue;
  }
  await using running = await startServer(server, built.path);
  results.push({ server: title, result: await runSuite(root, running.environment, stopping.signal) });
}

console.log('\n| server | passed | failed | skipped |\n|---|---|---|---|');
let [passed, failed] = [0, 0];
for (const { server, result } of results) {
  if (typeof result === 'string') {
    console.log(`| ${server} | – | – | not run: ${result} |`);
    continue;
  }
  passed += result.passed;
  failed += result.failed;
  console.log(`| ${server} | ${result.passed} | ${result.failed} | ${result.skipped} |`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || stopping.signal.aborted ? 1 : 0;
