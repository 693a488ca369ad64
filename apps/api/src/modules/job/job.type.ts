import { type Job, newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { watchNode } from '../../live/watch-node.ts';
import { ProjectNode } from '../project/project.type.ts';
import { RunStatusEnum } from './run-status.ts';

export const JobNode = defineNode<Job>('Job');

const JobKindEnum = builder.enumType('JobKind', {
  description: 'What is done.',
  values: [
    'INGEST',
    'FOREGROUND',
    'TRAIN',
    'SEGMENT',
    'EVALUATE',
    'COMPARE',
    'EXPORT',
    'ANNOTATE',
    'SWEEP',
  ] as const,
});

JobNode.implement({
  description: 'A piece of work for a worker.',
  fields: (t) => ({
    kind: t.expose('kind', { type: JobKindEnum, description: 'What is done.' }),
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    attempt: t.exposeInt('attempt', { description: 'How many workers have taken it.' }),
    progressDone: t.exposeInt('progressDone', { description: 'Done, in the job’s own unit.' }),
    progressTotal: t.exposeInt('progressTotal', {
      description: 'In all, in the same unit; 0 while unknown.',
    }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description: 'Estimated seconds to the end.',
    }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why the last attempt failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
  }),
});

builder.queryField('jobs', (t) =>
  t.connection({
    type: JobNode,
    description: `Work of a project, newest first. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode }),
      unfinished: t.arg.boolean({ required: false, description: 'Only what waits or runs.' }),
    },
    resolve: (_root, { project, unfinished, ...page }, context) => {
      const seen = Prisma.sql`t."projectId" = ${project.id}::uuid AND ${visible(context.actor, 'Job')}`;
      const where = unfinished
        ? Prisma.sql`${seen} AND t.status IN ('QUEUED', 'RUNNING', 'CANCELLING')`
        : seen;
      return rootList(context, { table: 'Job', where, order: newestFirst }, page);
    },
  }),
);

builder.subscriptionField('jobUpdated', (t) =>
  t.field({
    type: JobNode,
    description: 'A piece of work, whenever its status or progress changes.',
    extensions: { rule: 'project.see' },
    args: { job: t.arg.globalID({ for: JobNode, description: 'Which one.' }) },
    subscribe: (_root, { job }, context) => watchNode<Job>(context, 'Job', job),
    resolve: ({ value }) => value,
  }),
);
