import { type Dataset, Prisma } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ForegroundNode } from './foreground.type.ts';

interface Decided {
  readonly datasetId: string;
  readonly decided: readonly string[];
  readonly outdated: readonly string[];
}

const Payload = definePayload<Decided>('acceptForegrounds').implement({
  description: 'What was decided.',
  fields: (t) => ({
    dataset: t.field({
      type: DatasetNode,
      description: 'The dataset.',
      resolve: ({ datasetId }) => datasetId,
    }),
    count: t.int({ description: 'Masks that were decided on.', resolve: ({ decided }) => decided.length }),
    foregrounds: t.field({
      type: [ForegroundNode],
      description: 'The first hundred of them.',
      resolve: ({ decided }) => decided.slice(0, 100),
    }),
    outdated: t.idList({
      description:
        'Of the masks that were named, those that are not their picture’s newest or not in this dataset: nothing was decided on them.',
      resolve: ({ outdated }) => [...outdated],
    }),
  }),
});

const VerdictEnum = builder.enumType('ForegroundVerdict', {
  description:
    'What to make of masks. REJECT leaves their pictures out of trainings on later snapshots; UNDO takes a verdict back.',
  values: ['ACCEPT', 'REJECT', 'UNDO'] as const,
});

const Input = builder.inputType('AcceptForegroundsInput', {
  description: 'A verdict on masks.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where they are.' }),
    foregrounds: t.globalIDList({
      for: ForegroundNode,
      required: false,
      description:
        'From 1 to 1,000 masks. Left out: all unflagged ones on which nobody has decided; with UNDO all that were accepted.',
    }),
    verdict: t.field({ type: VerdictEnum, required: false, description: 'ACCEPT where it is left out.' }),
  }),
});

const listShape = z
  .array(z.object({ id: z.uuid() }))
  .min(1)
  .max(1000)
  .nullish()
  .transform((list) => (list == null ? null : [...new Set(list.map((one) => one.id))]));

builder.mutationField('acceptForegrounds', (t) =>
  t.field({
    type: defineResult('acceptForegrounds', Payload),
    description:
      'Accepts masks, rejects them, or takes that back. Only a picture’s newest mask can be decided on.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'data.edit', { projectId: dataset.projectId });
        const ids = listShape.parse(input.foregrounds);
        const verdict = input.verdict ?? 'ACCEPT';
        const chosen = ids === null ? wholeOf(verdict) : Prisma.sql`t.id = ANY(${ids}::uuid[])`;
        const organizationId = await organizationOf(context, dataset.projectId);
        const decided = await database.$transaction(async (tx) => {
          const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
            UPDATE "Foreground" t SET decision = ${outcomes[verdict]},
              "decidedById" = ${verdict === 'UNDO' ? null : actor.userId}::uuid,
              "decidedAt" = CASE WHEN ${verdict === 'UNDO'} THEN NULL ELSE now() END
            WHERE ${chosen} AND t."contactSheetId" = ${dataset.id}::uuid
            RETURNING t.id::text AS id`);
          await audit(tx, actor, {
            action: 'acceptForegrounds',
            organizationId,
            projectId: dataset.projectId,
            subjectType: 'Dataset',
            subjectId: dataset.id,
            details: { verdict, masks: rows.length },
          });
          return rows.map((row) => row.id);
        });
        const done = new Set(decided);
        return {
          datasetId: dataset.id,
          decided,
          outdated: (ids ?? []).filter((id) => !done.has(id)).map((id) => encodeGlobalID('Foreground', id)),
        };
      }),
  }),
);

function wholeOf(verdict: 'ACCEPT' | 'REJECT' | 'UNDO'): Prisma.Sql {
  if (verdict !== 'REJECT') return wholesale[verdict];
  throw new RequestError('ValidationError', 'INPUT_INVALID', 'A whole dataset cannot be rejected at once.', {
    subject: 'foregrounds',
    cure: 'Name the masks that are to be rejected.',
  });
}

const outcomes = {
  ACCEPT: Prisma.sql`'ACCEPTED'::"ForegroundDecision"`,
  REJECT: Prisma.sql`'REJECTED'::"ForegroundDecision"`,
  UNDO: Prisma.sql`(CASE WHEN t.asked = '{}'::jsonb THEN 'FOUND' ELSE 'TUNED' END)::"ForegroundDecision"`,
};

/** Where no masks are named. */
const wholesale = {
  ACCEPT: Prisma.sql`t.decision IN ('FOUND', 'TUNED') AND cardinality(t.flags) = 0`,
  UNDO: Prisma.sql`t.decision = 'ACCEPTED'`,
};
