import type { Database } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { Viewer } from '../organization/viewer.ts';
import { isOperator } from './demand-operator.ts';

interface Served {
  readonly id: string;
  readonly name: string;
  readonly usedBytes: bigint;
  readonly quotaBytes: bigint;
  readonly members: number;
  readonly hasOwner: boolean;
  readonly images: number;
}

export const ServedLab = builder.objectRef<Served>('ServedLab').implement({
  description: 'Figures of a lab, for the operator of the server: no pictures, no names of people.',
  fields: (t) => ({
    organizationId: t.globalID({
      description: 'The lab’s id.',
      resolve: ({ id }) => ({ type: 'Organization', id }),
    }),
    name: t.exposeString('name', { description: 'The lab.' }),
    usedBytes: t.float({ description: 'Bytes in the bucket.', resolve: (row) => Number(row.usedBytes) }),
    quotaBytes: t.float({ description: 'Bytes that it may use.', resolve: (row) => Number(row.quotaBytes) }),
    members: t.exposeInt('members', { description: 'People in it.' }),
    hasOwner: t.exposeBoolean('hasOwner', {
      description: 'Whether its owner has come; until then inviteOwner makes a new link.',
    }),
    images: t.exposeInt('images', { description: 'Images that it keeps.' }),
  }),
});

builder.objectField(Viewer, 'isOperator', (t) =>
  t.boolean({ description: 'Whether the asker runs the server.', resolve: (context) => isOperator(context) }),
);

builder.objectField(Viewer, 'servedLabs', (t) =>
  t.field({
    type: [ServedLab],
    description: 'All labs of the server with figures, for its operator; empty for everybody else.',
    resolve: async (context) => ((await isOperator(context)) ? readServed(context.database) : []),
  }),
);

function readServed(database: Database): Promise<Served[]> {
  return database.$queryRaw<Served[]>`
    SELECT o.id, o.name, o."usedBytes", o."quotaBytes",
      (SELECT count(*)::int FROM "Member" m WHERE m."organizationId" = o.id AND m."removedAt" IS NULL) AS members,
      EXISTS (SELECT 1 FROM "Member" m WHERE m."organizationId" = o.id) AS "hasOwner",
      (SELECT count(*)::int FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId" JOIN "Project" p
        ON p.id = d."projectId" WHERE p."organizationId" = o.id AND i."deletedAt" IS NULL) AS images
    FROM "Organization" o WHERE o."deletedAt" IS NULL ORDER BY o.name, o.id LIMIT 1000`;
}
