import type { Database } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { type GraphQLField, getNamedType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { openAsking } from '../testing/asking.ts';
import { openScatteredWorld, type ScatteredWorld } from '../testing/open-scattered-world.ts';
import { people, type Who } from '../testing/world.ts';
import type { Actor } from './actor.ts';
import { can } from './can.ts';

let opened: ScatteredWorld;
let database: Database;
let actors: ReadonlyMap<Who, Actor>;
const ids: Record<string, string[]> = {};

beforeAll(async () => {
  opened = await openScatteredWorld();
  ({ database, actors } = opened);
  ids.organization = (await database.organization.findMany()).map(({ id }) => id);
  ids.project = (await database.project.findMany()).map(({ id }) => id);
});
afterAll(() => opened?.[Symbol.asyncDispose]());

interface Row {
  readonly id: string;
}

const inProject = (actor: Actor, { projectId }: { projectId: string }) =>
  can(actor, 'project.see', { projectId });
const there = { deletedAt: null };

/** All rows of a list's type, filtered by the table. */
const truths: Readonly<Record<string, (actor: Actor) => Promise<Row[]>>> = {
  images: async (actor) =>
    (
      await database.image.findMany({ where: { ...there, dataset: there }, include: { dataset: true } })
    ).filter(({ datasetId, dataset }) =>
      can(actor, 'dataset.see', { datasetId, projectId: dataset.projectId }),
    ),
  samples: async (actor) =>
    (await database.sample.findMany({ where: there })).filter((row) => inProject(actor, row)),
  trainingRuns: async (actor) =>
    (await database.trainingRun.findMany({ where: there })).filter((row) => inProject(actor, row)),
  models: async (actor) =>
    (await database.model.findMany({ where: there })).filter((row) => inProject(actor, row)),
  segmentationRuns: async (actor) =>
    (await database.segmentationRun.findMany({ where: there })).filter((row) => inProject(actor, row)),
  comparisons: async (actor) =>
    (await database.comparison.findMany({ where: there })).filter((row) => inProject(actor, row)),
  // Those of no project are the lab's, and no project's list has them.
  jobs: async (actor) =>
    (await database.job.findMany()).filter(
      ({ projectId }) => projectId !== null && inProject(actor, { projectId }),
    ),
  auditEvents: async (actor) =>
    (await database.auditEvent.findMany()).filter(
      ({ organizationId, projectId }) =>
        (organizationId !== null && can(actor, 'organization.manage', { organizationId })) ||
        (projectId !== null && can(actor, 'audit.see', { projectId })),
    ),
  cellLines: async (actor) => {
    const image = { where: { ...there, dataset: there }, include: { dataset: true } };
    const include = { seeded: { include: { sample: { include: { images: image } } } } };
    return (await database.cellLine.findMany({ where: there, include })).filter(
      ({ organizationId, seeded }) =>
        can(actor, 'registry.see', { organizationId }) ||
        seeded.some(
          ({ sample }) =>
            inProject(actor, sample) ||
            sample.images.some(({ datasetId, dataset }) =>
              can(actor, 'dataset.see', { datasetId, projectId: dataset.projectId }),
            ),
        ),
    );
  },
};

const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ type }) =>
  getNamedType(type).name.endsWith('Connection'),
);

describe('a root list is all rows, filtered by the table', () => {
  it.each(lists.map((field) => [field.name, field] as const))(
    '%s',
    async (name, field) => {
      const truth = truths[name];
      if (truth === undefined) throw new Error(`write down which rows of ${name} the table allows`);
      const seen = new Map<Who, number>();
      for (const who of people) {
        const actor = actors.get(who)!;
        const expected = (await truth(actor)).map(({ id }) => id);
        const found = await walk(actor, field);
        expect(found.toSorted(), who).toEqual(expected.toSorted());
        seen.set(who, found.length);
      }
      // The world is such that some see more than others.
      expect(new Set(seen.values()).size).toBeGreaterThan(1);
      expect(seen.get('owner')).toBeGreaterThan(5);
      expect(seen.get('removed')).toBe(0);
    },
    120_000,
  );
});

/** Everything that a list gives, in small pages; where it asks for a lab or a project, those of all there are. */
async function walk(actor: Actor, field: GraphQLField<unknown, unknown>): Promise<string[]> {
  const [needed] = field.args.filter(isRequiredArgument);
  const places = needed === undefined ? [''] : (ids[needed.name] ?? []);
  const found: string[] = [];
  for (const place of places) {
    const type = needed === undefined ? '' : needed.name.charAt(0).toUpperCase() + needed.name.slice(1);
    const own = needed === undefined ? '' : `${needed.name}: "${encodeGlobalID(type, place)}", `;
    for (let after: string | null = null; ; ) {
      const from: string = after === null ? '' : `, after: "${after}"`;
      const query = `{ list: ${field.name}(${own}first: 7${from}) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
      const { list } = await openAsking(database).ask(actor, query);
      for (const { node } of list.edges)
        found.push(Buffer.from(node.id, 'base64').toString().replace(/^\w+:/, ''));
      if (!list.pageInfo.hasNextPage) break;
      after = list.pageInfo.endCursor;
    }
  }
  return found;
}
