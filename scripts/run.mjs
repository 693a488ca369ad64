#!/usr/bin/env node
// Every command of this repository starts here, on any Node from 20 on: what is missing is installed,
// then the target runs on the Node 24 that came with the installation.
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabaseClient } from './house/database-client.mjs';
import { ensureInstalled } from './house/install.mjs';
import { ensurePortal } from './house/portal-build.mjs';
import { environmentFor, findNode, runToEnd } from './house/processes.mjs';
import { targets } from './house/targets.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...rest] = process.argv.slice(2);
const target = Object.hasOwn(targets, name ?? '') ? targets[name] : undefined;

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(2, `Node ${process.versions.node} is too old to start this; install Node 20 or later.`);
}
if (target === undefined) {
  stop(2, `There is no target "${name ?? ''}". Targets: ${Object.keys(targets).join(', ')}.`);
}

const installed = await ensureInstalled(root, (line) => console.error(line));
if (installed !== 0) process.exit(installed);

const node = findNode(root);
if (node === null) {
  stop(
    2,
    `No Node 24 came with the installation for ${process.platform} ${process.arch}, and this Node ` +
      `${process.versions.node} cannot run TypeScript. Start the command with Node 24 or later.`,
  );
}
const environment = environmentFor(root, node);
const prepared = await ensureDatabaseClient(root, node, environment, (line) => console.error(line));
if (prepared !== 0) process.exit(prepared);
if (target.needsPortal) {
  const built = await ensurePortal(root, node, environment, (line) => console.error(line));
  if (built !== 0) process.exit(built);
}

const end = await runToEnd(
  node,
  [...(target.flags ?? []), join(root, target.file), ...(target.arguments ?? []), ...rest],
  {
    cwd: target.inCallersFolder ? (process.env.INIT_CWD ?? process.cwd()) : root,
    env: environment,
  },
);
process.exit(end.signal === null ? end.code : 128 + constants.signals[end.signal]);

function stop(code, words) {
  console.error(words);
  process.exit(code);
}
