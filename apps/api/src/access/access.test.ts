import { type Database, Prisma } from '@cellmixer/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenWorld, openWorld } from '../testing/open-world.ts';
import { doers, seers } from '../testing/who-may.ts';
import { people, REVIEWER_TOKEN, type Who, type World } from '../testing/world.ts';
import type { Actor } from './actor.ts';
import { can } from './can.ts';
import { loadActor } from './load-actor.ts';
import { loadReviewer } from './load-reviewer.ts';
import { type Action, accessTable } from './table.ts';
import { homes, type NodeType, visible } from './visible.ts';

let opened: OpenWorld;
let database: Database;
let world: World;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
});
afterAll(() => opened?.[Symbol.asyncDispose]());

async function sees(type: NodeType, who: Who): Promise<boolean> {
  const actor = world.actors.get(who);
  if (actor === undefined) throw new Error(`no ${who}`);
  return seesRow(type, actor);
}

async function seesRow(type: NodeType, actor: Actor): Promise<boolean> {
  const id = world.rows.get(type);
  if (id === undefined) throw new Error(`no ${type}`);
  const found = await database.$queryRaw<unknown[]>(
    Prisma.sql`SELECT t.id FROM ${Prisma.raw(`"${type}"`)} t WHERE t.id = ${id}::uuid AND ${visible(actor, type)}`,
  );
  return found.length === 1;
}

describe('who sees what', () => {
  for (const type of Object.keys(homes) as NodeType[]) {
    it(type, async () => {
      const seen: Who[] = [];
      for (const who of people) if (await sees(type, who)) seen.push(who);
      expect(seen.toSorted()).toEqual(seers[type].toSorted());
    });
  }
});

describe('who may do what', () => {
  const ofLab: readonly Action[] = [
    'organization.see',
    'addresses.see',
    'registry.see',
    'registry.edit',
    'project.create',
    'organization.manage',
  ];
  for (const action of Object.keys(accessTable) as Action[]) {
    it(action, () => {
      const { organizationId, projectId, datasetId } = world;
      const place = ofLab.includes(action) ? { organizationId } : { projectId, datasetId };
      const able = people.filter((who) => can(world.actors.get(who)!, action, place));
      expect(able.toSorted()).toEqual(doers[action].toSorted());
    });
  }
});

describe('what is taken back', () => {
  const stillSeen = async (actor: Actor) => {
    const seen: NodeType[] = [];
    for (const type of Object.keys(homes) as NodeType[]) if (await seesRow(type, actor)) seen.push(type);
    return seen;
  };

  it('is gone for the borrower at once, type by type, but for the share itself', async () => {
    const id = world.rows.get('DatasetShare') ?? '';
    const userId = world.actors.get('borrower')?.userId ?? '';
    const look = async () => stillSeen(await loadActor(database, { userId }));
    const lent = [
      'CellLine',
      'Dataset',
      'Image',
      'Foreground',
      'Annotation',
      'DatasetVersion',
      'DatasetShare',
    ];
    for (const status of ['OFFERED', 'REVOKED', 'DECLINED'] as const) {
      await database.datasetShare.update({ where: { id }, data: { status } });
      expect(await look()).toEqual(['DatasetShare']);
    }
    await database.datasetShare.update({ where: { id }, data: { status: 'ACCEPTED' } });
    expect((await look()).toSorted()).toEqual(lent.toSorted());
    await database.project.update({ where: { id: world.projectId }, data: { deletedAt: new Date() } });
    expect(await look()).toEqual(['DatasetShare']);
    await database.project.update({ where: { id: world.projectId }, data: { deletedAt: null } });
  });

  it('is gone for the reviewer at once, type by type', async () => {
    const id = world.rows.get('ReviewerLink') ?? '';
    const look = async () => stillSeen(await loadReviewer(database, REVIEWER_TOKEN));
    const shown = ['CellLine', 'Dataset', 'Image', 'Foreground', 'Annotation', 'DatasetVersion'];
    expect((await look()).toSorted()).toEqual(shown.toSorted());
    await database.reviewerLink.update({ where: { id }, data: { revokedAt: new Date() } });
    expect(await look()).toEqual([]);
    await database.reviewerLink.update({ where: { id }, data: { revokedAt: null, expiresAt: new Date(0) } });
    expect(await look()).toEqual([]);
    await database.reviewerLink.update({
      where: { id },
      data: { expiresAt: new Date(Date.now() + 3_600_000) },
    });
    expect((await look()).length).toBe(shown.length);
  });
});

describe('an API key', () => {
  const keyOf = (who: Who, scopes: readonly string[], projectId: string | null = null) =>
    loadActor(database, {
      userId: world.actors.get(who)?.userId ?? '',
      key: { id: world.rows.get('ApiKey') ?? '', organizationId: world.organizationId, projectId, scopes },
    });

  it('may do what its scope says, and nothing that its owner may not', async () => {
    const place = { projectId: world.projectId };
    expect(can(await keyOf('editor', ['read']), 'project.see', place)).toBe(true);
    expect(can(await keyOf('editor', ['read']), 'data.edit', place)).toBe(false);
    expect(can(await keyOf('editor', ['write']), 'data.edit', place)).toBe(true);
    expect(can(await keyOf('editor', ['manage']), 'project.manage', place)).toBe(false);
    expect(can(await keyOf('viewer', ['run']), 'work.run', place)).toBe(false);
    expect(can(await keyOf('editor', ['nonsense']), 'project.see', place)).toBe(false);
  });

  it('stays in its project and its lab', async () => {
    const other = await database.project.create({
      data: { organizationId: world.organizationId, name: 'Another', createdById: world.projectId },
    });
    const key = await keyOf('owner', ['manage'], world.projectId);
    expect(can(key, 'project.see', { projectId: world.projectId })).toBe(true);
    expect(can(key, 'project.see', { projectId: other.id })).toBe(false);
    const foreign = await keyOf('other lab', ['manage']);
    expect(foreign.organizations.size).toBe(0);
  });
});
