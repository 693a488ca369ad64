import { type ApiClient, mutate } from '@cellmixer/api-client';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadActor } from './access/load-actor.ts';
import type { NodeType } from './access/visible.ts';
import { loadVisible } from './graphql/node.ts';
import { deletables, isDeletable } from './modules/trash/deletable-types.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';
import type { Who } from './testing/world.ts';

interface Item {
  readonly subjectId: string;
  readonly problem: string | null;
  readonly restored?: boolean;
}

let served: ServedWorld;
const clients = new Map<Who, ApiClient>();
const ids = new Map<string, string>();

beforeAll(async () => {
  served = await serveWorld();
  for (const who of ['owner', 'editor', 'viewer', 'borrower'] as const)
    clients.set(who, await served.clientOf(who));
  for (const type of Object.keys(deletables))
    ids.set(type, encodeGlobalID(type, served.world.rows.get(type as 'Image') ?? ''));
});
afterAll(() => served?.[Symbol.asyncDispose]());

const clientOf = (who: Who) => clients.get(who) as ApiClient;
const idOf = (type: string) => ids.get(type) ?? '';
const change = async (who: Who, mutation: 'deleteNodes' | 'restoreNodes', wanted: readonly string[]) => {
  const fields = `items { subjectId problem ${mutation === 'restoreNodes' ? 'restored' : ''} }`;
  const { items } = await mutate(clientOf(who), mutation, { ids: wanted }, fields, z.any());
  return items as Item[];
};
const ask = (who: Who, query: string, variables: Record<string, unknown> = {}) =>
  clientOf(who).request(query, variables, z.any());
/** Whether the lab's owner may see a thing now. */
const isSeen = async (type: NodeType) => {
  const { database, world } = served;
  const userId = world.actors.get('owner')?.userId ?? '';
  const actor = await loadActor(database, { userId });
  const rowId = world.rows.get(type) ?? '';
  return (await loadVisible({ actor, database }, type, [rowId])).size === 1;
};
const dependents = async (...wanted: string[]) =>
  (
    await ask('owner', 'query($ids: [ID!]!) { dependents(ids: $ids) { type count text blockedBy } }', {
      ids: wanted,
    })
  ).dependents;

describe('the trash', () => {
  it('takes and gives back a thing of every type', async () => {
    const blocked: Record<string, string> = { CellLine: 'Sample', Model: 'SegmentationRun' };
    for (const type of Object.keys(deletables).filter(isDeletable)) {
      const id = idOf(type);
      const first = blocked[type];
      if (first !== undefined) {
        expect((await change('owner', 'deleteNodes', [id]))[0]?.problem).toMatch(
          /delete (that|those) first\.$/,
        );
        await change('owner', 'deleteNodes', [idOf(first)]);
      }
      expect(await change('owner', 'deleteNodes', [id])).toEqual([{ subjectId: id, problem: null }]);
      expect([type, await isSeen(type)]).toEqual([type, false]);
      expect((await change('owner', 'deleteNodes', [id]))[0]?.problem).toContain('no such thing');
      expect(await change('owner', 'restoreNodes', [id])).toEqual([
        { subjectId: id, problem: null, restored: true },
      ]);
      expect([type, await isSeen(type)]).toEqual([type, true]);
      if (first !== undefined) await change('owner', 'restoreNodes', [idOf(first)]);
    }
    expect(await served.database.auditEvent.count({ where: { action: 'restoreNodes' } })).toBe(
      Object.keys(deletables).length + 2,
    );
  });

  it('hides exports with their run and evaluations with their model', async () => {
    const seen = async () => [await isSeen('Export'), await isSeen('Evaluation')];
    expect(await seen()).toEqual([true, true]);
    const run = idOf('SegmentationRun');
    await change('owner', 'deleteNodes', [run]);
    expect(await seen()).toEqual([false, true]);
    await change('owner', 'deleteNodes', [idOf('Model')]);
    expect(await seen()).toEqual([false, false]);
    await change('owner', 'restoreNodes', [idOf('Model'), run]);
    expect(await seen()).toEqual([true, true]);
  });

  it('names what depends on a thing before it goes', async () => {
    const { database, world } = served;
    const versionId = world.rows.get('DatasetVersion') ?? '';
    const imageId = world.rows.get('Image') ?? '';
    const cellLineId = world.rows.get('CellLine') ?? '';
    await database.datasetVersionItem.create({ data: { versionId, imageId, checksum: 'c', cellLineId } });
    const runId = world.rows.get('TrainingRun') ?? '';
    const learned = await database.trainingClass.create({
      data: { runId, position: 0, name: 'A172', colour: '#e69f00' },
    });
    await database.trainingSource.create({ data: { runId, classId: learned.id, versionId, cellLineId } });
    const [runs, segmentationId] = [
      world.rows.get('SegmentationRun') ?? '',
      world.rows.get('Segmentation') ?? '',
    ];
    await database.segmentationRunItem.create({ data: { runId: runs, segmentationId } });
    expect(await dependents(idOf('Image'))).toEqual([
      {
        type: 'Image',
        count: 1,
        text: '1 snapshot, 1 training and 1 segmentation use this image.',
        blockedBy: null,
      },
    ]);
    expect((await dependents(idOf('Dataset')))[0].text).toMatch(
      /^1 image and 1 snapshot go with this dataset\..* 1 project borrows it\.$/,
    );
    expect((await dependents(idOf('Model')))[0].blockedBy).toContain('1 segmentation run');
    await change('owner', 'deleteNodes', [idOf('Image')]);
    const version = encodeGlobalID('DatasetVersion', versionId);
    const query = 'query($id: ID!) { node(id: $id) { ... on DatasetVersion { withdrawn } } }';
    expect((await ask('owner', query, { id: version })).node).toEqual({ withdrawn: 1 });
    const ofRuns =
      'query($ids: [ID!]!) { nodes(ids: $ids) { ... on TrainingRun { withdrawn } ... on SegmentationRun { withdrawn } } }';
    const ids = [idOf('TrainingRun'), idOf('SegmentationRun')];
    expect((await ask('owner', ofRuns, { ids })).nodes).toEqual([{ withdrawn: 1 }, { withdrawn: 1 }]);
    const segmentation = 'query($id: ID!) { node(id: $id) { ... on Segmentation { status image { id } } } }';
    expect((await ask('owner', segmentation, { id: idOf('Segmentation') })).node).toMatchObject({
      image: null,
    });
    await change('owner', 'restoreNodes', [idOf('Image')]);
  });

  it('is for editors only what they have made, and for viewers and borrowers nothing', async () => {
    const { database, world } = served;
    const createdById = world.actors.get('editor')?.userId ?? '';
    const own = await database.sample.create({
      data: { projectId: world.projectId, name: 'Mine', createdById },
    });
    const mine = encodeGlobalID('Sample', own.id);
    const items = await change('editor', 'deleteNodes', [idOf('Sample'), mine]);
    expect(items.map((item) => item.problem)).toEqual([
      '“C7” is not yours to delete; ask a manager of the project.',
      null,
    ]);
    for (const who of ['viewer', 'borrower'] as const) {
      expect((await change(who, 'deleteNodes', [idOf('Image')]))[0]?.problem).toContain('not yours');
      expect((await change(who, 'restoreNodes', [mine]))[0]).toMatchObject({ restored: false });
    }
    const trash =
      'query($id: ID!) { project(id: $id) { trash(first: 10) { edges { node { subjectId name subjectType } } } } }';
    const listed = (await ask('editor', trash, { id: idOf('Project') })).project.trash.edges;
    expect(listed.map((edge: { node: unknown }) => edge.node)).toContainEqual({
      subjectId: mine,
      name: 'Mine',
      subjectType: 'Sample',
    });
    expect((await ask('viewer', trash, { id: idOf('Project') })).project.trash.edges).toEqual([]);
    expect((await change('editor', 'restoreNodes', [mine]))[0]).toMatchObject({ restored: true });
  });
});
