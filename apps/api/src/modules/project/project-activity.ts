import { Prisma } from '@cellmixer/database';
import type { Change } from '@cellmixer/jobs';
import { type NodeType, visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { see } from '../../graphql/demand.ts';
import { isUuid } from '../../graphql/node.ts';
import { liveStream } from '../../live/live-stream.ts';
import type { Heard } from '../../live/pulse.ts';
import { demandLive, type LiveEvent } from '../../live/watch-node.ts';
import { ProjectNode } from './project.type.ts';

interface Activity {
  readonly changed: readonly Change[];
  readonly all: boolean;
}

const ProjectActivity = builder.objectRef<Activity>('ProjectActivity').implement({
  description: 'What has changed in a project within half a second.',
  fields: (t) => ({
    changed: t.nodeList({
      description: 'What has changed, as it is now; null for what has gone in the meantime.',
      ids: ({ changed }) => changed.map(({ type, id }) => ({ type, id })),
    }),
    all: t.exposeBoolean('all', {
      description:
        'At first, and where changes were missed or are too many to name: read again whatever you show.',
    }),
  }),
});

builder.subscriptionField('projectActivity', (t) =>
  t.field({
    type: ProjectActivity,
    description: 'What changes in a project: datasets, images, trainings, models, results, work.',
    extensions: { rule: 'project.see' },
    args: { project: t.arg.globalID({ for: ProjectNode, description: 'Which one.' }) },
    subscribe: (_root, { project }, context) => watchProject(context, project),
    resolve: ({ value }) => value,
  }),
);

async function watchProject(
  context: Context,
  { id }: { readonly id: string },
): Promise<AsyncGenerator<LiveEvent<Activity>>> {
  const { changes, renew } = demandLive(context);
  await see(context, 'Project', id);
  return liveStream({
    listen: (ear) =>
      changes.onAnyChange((change) => {
        if (change === null || change.type in belongs) ear(change);
      }),
    read: async (heard) => {
      const now = await renew();
      if (now === null || (await readSeen(now, 'Project', [id], id)).length === 0) return null;
      const changed = await readChanged(now, heard, id);
      return heard.all || changed.length > 0 ? [{ context: now, value: { changed, all: heard.all } }] : [];
    },
  });
}

const own = Prisma.sql`t."projectId"`;
const ofDataset = Prisma.sql`(SELECT d."projectId" FROM "Dataset" d WHERE d.id = t."datasetId")`;
/** The types that are told of, and the project that a row belongs to. */
const belongs: Readonly<Partial<Record<NodeType, Prisma.Sql>>> = {
  Project: Prisma.sql`t.id`,
  Sample: own,
  Dataset: own,
  Image: ofDataset,
  DatasetVersion: ofDataset,
  TrainingRun: own,
  Model: own,
  SegmentationRun: own,
  Segmentation: own,
  Comparison: own,
  Job: own,
};

async function readChanged(context: Context, { changes }: Heard, projectId: string): Promise<Change[]> {
  const changed: Change[] = [];
  for (const [type, list] of Map.groupBy(changes, (change) => change.type)) {
    const ids = list.map(({ id }) => id).filter(isUuid);
    changed.push(...(await readSeen(context, type as NodeType, ids, projectId)));
  }
  return changed;
}

/** Those of the rows that are in the project and that the asker may see. */
async function readSeen(
  { actor, database }: Context,
  type: NodeType,
  ids: readonly string[],
  projectId: string,
): Promise<Change[]> {
  const rows = await database.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT t.id FROM ${Prisma.raw(`"${type}"`)} t
    WHERE t.id = ANY(${[...ids]}::uuid[]) AND ${belongs[type] ?? Prisma.sql`NULL`} = ${projectId}::uuid
      AND ${visible(actor, type)}`);
  return rows.map(({ id }) => ({ type, id }));
}
