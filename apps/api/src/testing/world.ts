import type { Database, OrganizationRole, ProjectRole } from '@cellmixer/database';
import { type Actor, anonymous } from '../access/actor.ts';
import { loadActor } from '../access/load-actor.ts';
import { loadReviewer } from '../access/load-reviewer.ts';
import type { NodeType } from '../access/visible.ts';
import { hashToken } from '../graphql/token.ts';

/** Of the link in the world. */
export const REVIEWER_TOKEN = 'cmr_a-reviewer-of-the-first-lab';

/** Everybody that the access table knows. */
export const people = [
  'owner',
  'admin',
  'manager',
  'editor',
  'viewer',
  'teammate',
  'member',
  'guest',
  'borrower',
  'reviewer',
  'removed',
  'other lab',
  'anonymous',
] as const;
export type Who = (typeof people)[number];

export interface World {
  readonly actors: ReadonlyMap<Who, Actor>;
  /** One row of each type that can be seen, all of the first lab's first project. */
  readonly rows: ReadonlyMap<NodeType, string>;
  readonly organizationId: string;
  readonly projectId: string;
  readonly datasetId: string;
}

/** Two labs. The first lends one of its datasets to the second's project; everybody has a place, or has lost it. */
export async function makeWorld(database: Database): Promise<World> {
  const rows = new Map<NodeType, string>();
  const remember = <Row extends { readonly id: string }>(type: NodeType, row: Row): Row => {
    rows.set(type, row.id);
    return row;
  };
  const lab = remember('Organization', await database.organization.create({ data: { name: 'Lab A' } }));
  const otherLab = await database.organization.create({ data: { name: 'Lab B' } });
  const enrol = async (who: Who, organizationId: string, role: OrganizationRole, removed = false) => {
    const user = await database.user.create({
      data: { name: who, email: `${who.replace(' ', '-')}@lab.example` },
    });
    return database.member.create({
      data: { organizationId, userId: user.id, role, removedAt: removed ? new Date() : null },
    });
  };
  const owner = await enrol('owner', lab.id, 'OWNER');
  const createdById = owner.userId;
  const members = {
    owner,
    admin: await enrol('admin', lab.id, 'ADMIN'),
    manager: remember('Member', await enrol('manager', lab.id, 'MEMBER')),
    editor: await enrol('editor', lab.id, 'MEMBER'),
    viewer: await enrol('viewer', lab.id, 'MEMBER'),
    teammate: await enrol('teammate', lab.id, 'MEMBER'),
    member: await enrol('member', lab.id, 'MEMBER'),
    guest: await enrol('guest', lab.id, 'GUEST'),
    borrower: await enrol('borrower', otherLab.id, 'MEMBER'),
    removed: await enrol('removed', lab.id, 'ADMIN', true),
    'other lab': await enrol('other lab', otherLab.id, 'MEMBER'),
  };

  const project = remember(
    'Project',
    await database.project.create({ data: { organizationId: lab.id, name: 'Blasts', createdById } }),
  );
  const projectId = project.id;
  const otherProject = await database.project.create({
    data: { organizationId: otherLab.id, name: 'Borrowing', createdById: members.borrower.userId },
  });
  const grant = (memberId: string, role: ProjectRole, where = projectId) =>
    database.projectGrant.create({ data: { projectId: where, memberId, role } });
  await grant(members.manager.id, 'MANAGER');
  await grant(members.editor.id, 'EDITOR');
  await grant(members.viewer.id, 'VIEWER');
  // A guest looks, whatever the role says.
  remember('ProjectGrant', await grant(members.guest.id, 'EDITOR'));
  await grant(members.removed.id, 'MANAGER');
  await grant(members.borrower.id, 'EDITOR', otherProject.id);
  const team = remember(
    'Team',
    await database.team.create({
      data: {
        organizationId: lab.id,
        name: 'Bench 3',
        members: { create: { memberId: members.teammate.id } },
      },
    }),
  );
  await database.projectGrant.create({ data: { projectId, teamId: team.id, role: 'EDITOR' } });

  const used = remember(
    'CellLine',
    await database.cellLine.create({
      data: { organizationId: lab.id, name: 'A172', colour: '#e69f00', createdById },
    }),
  );
  const sample = remember(
    'Sample',
    await database.sample.create({
      data: { projectId, name: 'C7', createdById, lines: { create: { cellLineId: used.id } } },
    }),
  );
  const dataset = remember(
    'Dataset',
    await database.dataset.create({
      data: { projectId, name: 'Plate 3', modality: 'PHASE_CONTRAST', createdById },
    }),
  );
  const datasetId = dataset.id;
  remember(
    'DatasetShare',
    await database.datasetShare.create({
      data: { datasetId, projectId: otherProject.id, status: 'ACCEPTED', createdById },
    }),
  );
  const later = new Date(Date.now() + 3_600_000);
  remember(
    'ReviewerLink',
    await database.reviewerLink.create({
      data: { datasetId, tokenHash: hashToken(REVIEWER_TOKEN), createdById, expiresAt: later },
    }),
  );
  const image = remember(
    'Image',
    await database.image.create({
      data: { datasetId, sampleId: sample.id, name: 'C7.tif', sizeBytes: 1, createdById },
    }),
  );
  const imageId = image.id;
  remember(
    'Foreground',
    await database.foreground.create({
      data: {
        imageId,
        revision: 1,
        parameters: {},
        quality: {},
        coverage: 0.5,
        confluent: false,
        maskKey: 'm',
      },
    }),
  );
  remember(
    'Annotation',
    await database.annotation.create({
      data: { imageId, revision: 1, kind: 'CLASS_MAP', classes: {}, objectKey: 'a', createdById },
    }),
  );
  const version = remember(
    'DatasetVersion',
    await database.datasetVersion.create({ data: { datasetId, number: 1, createdById } }),
  );
  remember(
    'TrainingRun',
    await database.trainingRun.create({
      data: { projectId, name: 'First', preset: 'fast', steps: 1, seed: 1, settings: {}, createdById },
    }),
  );
  const model = remember(
    'Model',
    await database.model.create({ data: { projectId, name: 'First', createdById } }),
  );
  const modelVersion = remember(
    'ModelVersion',
    await database.modelVersion.create({
      data: {
        modelId: model.id,
        number: 1,
        classes: ['A172', 'MO3.13'],
        colours: ['#e69f00', '#56b4e9'],
        calibration: {},
        card: {},
        objectKey: 'o',
        sizeBytes: 1,
        checksum: 'c',
      },
    }),
  );
  const modelVersionId = modelVersion.id;
  const settings = { settings: { threshold: 0.5 }, settingsHash: 'h' };
  const run = remember(
    'SegmentationRun',
    await database.segmentationRun.create({
      data: { projectId, modelVersionId, datasetVersionId: version.id, ...settings, total: 1, createdById },
    }),
  );
  remember(
    'Export',
    await database.export.create({ data: { projectId, segmentationRunId: run.id, createdById } }),
  );
  remember(
    'Segmentation',
    await database.segmentation.create({ data: { projectId, imageId, modelVersionId, ...settings } }),
  );
  remember(
    'Evaluation',
    await database.evaluation.create({
      data: { projectId, modelVersionId, datasetVersionId: version.id, createdById },
    }),
  );
  remember(
    'Comparison',
    await database.comparison.create({
      data: { projectId, name: 'Both', datasetVersionId: version.id, createdById },
    }),
  );
  const place = { organizationId: lab.id, projectId };
  remember('Job', await database.job.create({ data: { ...place, kind: 'TRAIN', payload: {} } }));
  remember(
    'AuditEvent',
    await database.auditEvent.create({
      data: { ...place, action: 'createProject', subjectType: 'Project', details: {} },
    }),
  );
  remember(
    'Invitation',
    await database.invitation.create({
      data: {
        organizationId: lab.id,
        email: 'new@lab.example',
        role: 'MEMBER',
        tokenHash: 'i',
        invitedById: createdById,
        expiresAt: later,
      },
    }),
  );
  remember(
    'ApiKey',
    await database.apiKey.create({
      data: { organizationId: lab.id, userId: members.editor.userId, name: 'LIMS', prefix: 'cm_', hash: 'k' },
    }),
  );
  remember(
    'TrashItem',
    await database.trashItem.create({
      data: { ...place, type: 'Sample', subjectId: createdById, name: 'D8', ownerId: createdById },
    }),
  );
  remember(
    'Notification',
    await database.notification.create({
      data: {
        organizationId: lab.id,
        userId: members.editor.userId,
        kind: 'training-run.succeeded',
        subjectType: 'TrainingRun',
        subjectId: rows.get('TrainingRun') ?? '',
        text: 'First has ended.',
      },
    }),
  );
  const actors = new Map<Who, Actor>([['anonymous', anonymous]]);
  for (const [who, { userId }] of Object.entries(members)) {
    actors.set(who as Who, await loadActor(database, { userId }));
  }
  actors.set('reviewer', await loadReviewer(database, REVIEWER_TOKEN));
  return { actors, rows, organizationId: lab.id, projectId, datasetId };
}
