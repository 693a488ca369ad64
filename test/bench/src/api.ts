/**
 * `npm run bench:api`: what lists cost. `api.statements`, `api.statementGrowth` and `api.rowsPerNode` are the worst of
 * every list of the schema, alone and with each field of its nodes: SQL statements for 100 nodes with sign-in, counted
 * at the driver; how many of them one node needs less; rows that the statements which give nodes read for each node of
 * the answer (EXPLAIN ANALYZE of the same statements with the same values, in a session set up as ours are). Not
 * counted are the rows that say who asks and what this person may, as many for one node as for a hundred, and those of
 * fields that count or sum up others, which read what they count: `api.rowsPerNode.withFields` has them too. Tables are
 * read by indexes where there are any: those of the benchmark hold a few hundred rows, of which PostgreSQL would read
 * all, as it never would in a lab.
 * `api.deepPage` is the time of page 1,000 over page 1 of 100,000 images; `api.peer` requests a second of a nested list
 * over PostGraphile's, both without sign-in.
 */
import { serveWorld } from '@cellmixer/api/testing';
import { StatementWatch } from '@cellmixer/database/testing';
import { Command } from 'commander';
import { deepPage } from './api/deep-page.ts';
import { fillImages } from './api/fill-images.ts';
import { listFigures } from './api/list-figures.ts';
import { againstPeer } from './api/peer.ts';
import { writeFigures } from './report.ts';

const options = new Command('bench:api')
  .option('--nodes <n>', 'nodes of a list', Number, 100)
  .option('--pages <n>', 'pages of 100 images', Number, 1000)
  .option('--rounds <n>', 'timed rounds, the sides in turn', Number, 11)
  .option('--seconds <n>', 'how long a side is measured in a round', Number, 5)
  .option('--clients <n>', 'clients that ask at the same time', Number, 8)
  .option('--without-peer', 'leave PostGraphile out')
  .option('--lists [text]', 'lists alone; those whose names hold the text, with how their statements read')
  .option('--only-peer', 'leave all but PostGraphile out')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{
    nodes: number;
    pages: number;
    rounds: number;
    seconds: number;
    clients: number;
    withoutPeer?: boolean;
    lists?: string | true;
    onlyPeer?: boolean;
    json?: string;
  }>();

const watch = new StatementWatch();
const served = await serveWorld();
try {
  const only = typeof options.lists === 'string' ? options.lists : '';
  const lists = options.onlyPeer ? null : await listFigures(served, watch, options.nodes, only);
  watch.stop();
  const figures: Record<string, number> = { ...lists?.figures };
  if (options.lists === undefined) {
    const userId = served.world.actors.get('owner')?.userId ?? '';
    const dataset = await fillImages(served.database, served.world.projectId, userId, 100 * options.pages);
    if (!options.onlyPeer)
      Object.assign(figures, await deepPage(served, dataset, options.pages, 3 * options.rounds));
    // Asked by somebody of this one project: the owner's others, of which the lists before have made hundreds, would each
    // be looked up by rules that the peer has not.
    const member = { ...dataset, userId: served.world.actors.get('manager')?.userId ?? '' };
    if (!options.withoutPeer) Object.assign(figures, await againstPeer(served, member, options));
  }
  if (options.json !== undefined) writeFigures(options.json, figures, { lists: lists?.rows ?? [] });
} finally {
  await served[Symbol.asyncDispose]();
}
