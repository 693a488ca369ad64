import type { Export } from '@cellmixer/database';
import { cancelJobsOf } from '@cellmixer/jobs';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ExportNode } from './export.type.ts';

const Payload = definePayload<{ readonly id: string }>('cancelExport').implement({
  description: 'The export; CANCELLING until its worker has stopped.',
  fields: (t) => ({
    export: t.field({ type: ExportNode, description: 'The export.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('CancelExportInput', {
  description: 'What is to stop.',
  fields: (t) => ({ export: t.globalID({ for: ExportNode, description: 'The export.' }) }),
});

builder.mutationField('cancelExport', (t) =>
  t.field({
    type: defineResult('cancelExport', Payload),
    description: 'Stops an export. Does nothing where it has ended.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const row = await see<Export>(context, 'Export', input.export);
        demand(actor, 'work.run', { projectId: row.projectId });
        const organizationId = await organizationOf(context, row.projectId);
        await database.$transaction(async (tx) => {
          if ((await cancelJobsOf(tx, [row.id])) === 0) return;
          await audit(tx, actor, {
            action: 'cancelExport',
            organizationId,
            projectId: row.projectId,
            subjectType: 'Export',
            subjectId: row.id,
          });
        });
        return { id: row.id };
      }),
  }),
);
