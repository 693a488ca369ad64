import { StatementWatch } from '@cellmixer/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListCost, measureLists } from './testing/list-costs.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';

const MOST_STATEMENTS = 10;
/** A grant is a person's or a team's: where the one node is of the other kind, its statements are not needed. */
const eitherOr = ['Project.grants { team }', 'Project.grants { member }'];
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
    const growing = costs.filter(({ name, growth }) => growth > 0 && !eitherOr.includes(name));
    expect(growing.map(({ name, growth }) => `${name}: +${growth}`)).toEqual([]);
  });
});
