import { openPlanner, StatementWatch } from '@cellmixer/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListCost, measureLists } from './testing/list-costs.ts';
import { readAgain, rowsForNodes } from './testing/rows-read.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';

const NODES = 20;
/** Sign-in included. Ten are allowed; one is kept for what comes. */
const MOST_STATEMENTS = 9;
/** For each node of an answer. */
const MOST_ROWS = 3;
const watch = new StatementWatch();
let served: ServedWorld;
const costs: Cost[] = [];

interface Cost extends ListCost {
  /** Rows that scans read, for each node of the answer. */
  readonly rowsPerNode: number;
}

beforeAll(async () => {
  served = await serveWorld();
  await using planner = await openPlanner(served.databaseUrl);
  for await (const cost of measureLists(served, watch, NODES)) {
    const rows = rowsForNodes(await readAgain(planner, cost.own));
    costs.push({ ...cost, rowsPerNode: rows / cost.nodes });
  }
});
afterAll(async () => {
  watch.stop();
  await served?.[Symbol.asyncDispose]();
});

/** Lists beyond a bar, the dearest first. */
function beyond(bar: number, figureOf: (cost: Cost) => number): string[] {
  return costs
    .filter((cost) => figureOf(cost) > bar)
    .toSorted((a, b) => figureOf(b) - figureOf(a))
    .map((cost) => `${cost.name}: ${figureOf(cost)}`);
}

describe('every list of the schema', () => {
  it('is answered with nodes', () => {
    expect(costs.length).toBeGreaterThan(50);
    expect(costs.filter(({ nodes }) => nodes < NODES).map(({ name, nodes }) => `${name}: ${nodes}`)).toEqual(
      [],
    );
  });

  it('needs few statements', () => {
    expect(beyond(MOST_STATEMENTS, ({ statements }) => statements.length)).toEqual([]);
  });

  it('reads few rows for each node', () => {
    expect(beyond(MOST_ROWS, ({ rowsPerNode }) => rowsPerNode)).toEqual([]);
  });

  it('needs as many for one node as for many', () => {
    const growing = costs.filter(({ growth }) => growth > 0);
    expect(growing.map(({ name, growth }) => `${name}: +${growth}`)).toEqual([]);
  });
});
