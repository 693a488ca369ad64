import { randomUUID } from 'node:crypto';
import { openMigrated } from '@cellmixer/database/testing';
import { expect, it } from 'vitest';
import { lentVersions, numbered } from './lent-names.ts';

it('numbers what may not be named, each thing once', () => {
  const name = numbered('lent sample');
  expect(['Patient 17', null, 'B2', 'Patient 17'].map(name)).toEqual([
    'lent sample 1',
    null,
    'lent sample 2',
    'lent sample 1',
  ]);
});

it('calls snapshots of another lab lent, not those of another project of the lab', async () => {
  await using opened = await openMigrated();
  const { database } = opened;
  const { id: createdById } = await database.user.create({
    data: { name: 'member', email: 'member@lab.example' },
  });
  const makeLab = () => database.organization.create({ data: { name: randomUUID() } });
  const snapshotIn = async (organizationId: string) => {
    const project = await database.project.create({
      data: { organizationId, name: randomUUID(), createdById },
    });
    const { id: datasetId } = await database.dataset.create({
      data: { projectId: project.id, name: 'Plate', modality: 'PHASE_CONTRAST', createdById },
    });
    const version = await database.datasetVersion.create({ data: { datasetId, number: 1, createdById } });
    return { projectId: project.id, versionId: version.id };
  };
  const [lab, other] = [await makeLab(), await makeLab()];
  const own = await snapshotIn(lab.id);
  const beside = await snapshotIn(lab.id);
  const lent = await snapshotIn(other.id);
  const ids = [own, beside, lent].map(({ versionId }) => versionId);
  expect(await lentVersions(database, own.projectId, ids)).toEqual(new Set([lent.versionId]));
});
