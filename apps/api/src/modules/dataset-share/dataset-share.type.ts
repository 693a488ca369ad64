import { type DatasetShare, type DatasetUse, Prisma } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { rowsUnder } from '../../graphql/rows-under.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { shareCodeOf } from './share-code.ts';

export const DatasetShareNode = defineNode<DatasetShare>('DatasetShare');

const ShareStatusEnum = builder.enumType('ShareStatus', {
  description: 'OFFERED until a manager of the other project accepts; DECLINED: refused, or handed back.',
  values: ['OFFERED', 'ACCEPTED', 'REVOKED', 'DECLINED'] as const,
});

const UseType = builder.objectRef<DatasetUse>('DatasetUse').implement({
  description: 'That a lent dataset was worked with on a day; never what came of it.',
  fields: (t) => ({
    day: t.string({ description: 'UTC, YYYY-MM-DD.', resolve: (row) => row.day.toISOString().slice(0, 10) }),
    work: t.exposeString('kind', { description: 'TRAIN, SEGMENT or EVALUATE.' }),
    times: t.exposeInt('jobs', { description: 'How many pieces of such work began.' }),
  }),
});

interface Parties {
  readonly datasetName: string;
  readonly ownerProjectId: string;
  readonly lender: string;
  readonly borrower: string;
  readonly borrowerProject: string;
}

const PartiesType = builder.objectRef<Parties>('SharePartiesNames').implement({
  description: 'Who lends what to whom, by the names of now.',
  fields: (t) => ({
    dataset: t.exposeString('datasetName', { description: 'The dataset.' }),
    lender: t.exposeString('lender', { description: 'The lab that lends.' }),
    borrower: t.exposeString('borrower', { description: 'The lab that it is lent to.' }),
    project: t.exposeString('borrowerProject', { description: 'Its project.' }),
  }),
});

DatasetShareNode.implement({
  description: 'A dataset lent, read only, to another project, of another lab too.',
  fields: (t) => ({
    status: t.expose('status', { type: ShareStatusEnum, description: 'Where it stands.' }),
    names: t.field({
      type: PartiesType,
      description: 'Who lends what to whom.',
      resolve: (row, _args, context) =>
        loadTogether(context, 'names of shares', row.id, async (ids) => {
          const rows = await context.database.$queryRaw<(Parties & { readonly id: string })[]>`
          SELECT s.id::text AS id, d.name AS "datasetName", d."projectId"::text AS "ownerProjectId",
            lender.name AS lender, borrower.name AS borrower, p.name AS "borrowerProject"
          FROM "DatasetShare" s JOIN "Dataset" d ON d.id = s."datasetId"
          JOIN "Project" own ON own.id = d."projectId" JOIN "Organization" lender ON lender.id = own."organizationId"
          JOIN "Project" p ON p.id = s."projectId" JOIN "Organization" borrower ON borrower.id = p."organizationId"
          WHERE s.id = ANY(${[...ids]}::uuid[])`;
          return new Map(rows.map((found) => [found.id, found]));
        }),
    }),
    dataset: t.field({
      type: DatasetNode,
      nullable: true,
      description: 'The dataset; null for those whom it is not lent to yet, or not any more.',
      resolve: (row, _args, context) => orNull(DatasetNode, context, row.datasetId),
    }),
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description: 'The project that it is lent to; null for who is not in it.',
      resolve: (row, _args, context) => orNull(ProjectNode, context, row.projectId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was offered.' }),
    acceptedAt: t.expose('acceptedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was accepted.',
    }),
    endedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked or declined.',
    }),
    uses: t.field({
      type: [UseType],
      description: 'When and how often it was worked with, newest first; told to the lender’s people alone.',
      resolve: async (row, _args, context) => {
        const dataset = await orNull(DatasetNode, context, row.datasetId);
        if (dataset === null || !can(context.actor, 'project.see', { projectId: dataset.projectId }))
          return [];
        return rowsUnder<DatasetUse>(
          context,
          { table: 'DatasetUse', parent: 'shareId', order: Prisma.sql`t.day DESC, t.kind`, most: 400 },
          row.id,
        );
      },
    }),
  }),
});

builder.objectFields(DatasetNode, (t) => ({
  shares: t.connection({
    type: DatasetShareNode,
    description: `To whom it is lent or was, as far as the asker may know, newest first. ${pageWords}`,
    resolve: (row, args, context) => listUnder(context, newest('DatasetShare', 'datasetId'), row, args),
  }),
}));

builder.objectFields(ProjectNode, (t) => ({
  shareCode: t.string({
    description: 'What a person of another lab needs to lend a dataset to this project; tells nothing else.',
    resolve: (row) => shareCodeOf(row.id),
  }),
  sharesReceived: t.connection({
    type: DatasetShareNode,
    description: `Datasets that were offered or lent to it, newest first. ${pageWords}`,
    args: { lentNow: t.arg.boolean({ required: false, description: 'Only those that are lent now.' }) },
    resolve: (row, { lentNow, ...page }, context) => {
      const also = lentNow ? Prisma.sql`t.status = 'ACCEPTED'` : undefined;
      return listUnder(context, { ...newest('DatasetShare', 'projectId'), also }, row, page);
    },
  }),
}));
