import { StatementWatch } from '@cellmixer/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListCost, measureLists } from './testing/list-costs.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';

const MOST_STATEMENTS = 10;
const watch = new StatementWatch();
let served: ServedWorld;
const costs: ListCost[] = [];

beforeAll(async () => {
  served = await serveWorld();
  for await (const cost of measureLists(served, watch, 20)) costs.push(cost);
});
afterAll(async () => {
  watch.stop();
  await served?.[Symbol.asyncDispose]();
});

describe('every list of the schema', () => {
  it('is answered with nodes', () => {
    expect(costs.length).toBeGreaterThan(50);
    expect(costs.filter(({ nodes }) => nodes < 20).map(({ name, nodes }) => `${name}: ${nodes}`)).toEqual([]);
  });

  it('needs few statements', () => {
    const dear = costs.filter(({ statements }) => statements.length > MOST_STATEMENTS);
    expect(dear.map(({ name, statements }) => `${name}: ${statements.length}`)).toEqual([]);
  });

  it('needs as many for one node as for many', () => {
    const growing = costs.filter(({ growth }) => growth > 0);
    expect(growing.map(({ name, growth }) => `${name}: +${growth}`)).toEqual([]);
  });
});
