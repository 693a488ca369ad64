import { type CardPage, verdictOf, writeCardPage } from '@cellmixer/cellmixer/card';
import type { Model, ModelVersion } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { methodsOfRun } from '../training-run/methods-of-run.ts';
import { checksOfVersions } from './checks-of-versions.ts';
import { ModelVersionNode } from './model.type.ts';
import { readCard } from './read-card.ts';

interface Exported {
  readonly version: ModelVersion;
  readonly page: CardPage;
}

const Payload = definePayload<Exported>('exportModel').implement({
  description: 'Everything that using the model elsewhere needs.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'The version.',
      resolve: ({ version }) => version.id,
    }),
    modelUrl: t.string({
      description: 'Where model.onnx can be read for ten minutes; the command line segments with it.',
      resolve: ({ version }, _args, context) =>
        objectUrl(context, version.objectKey, 'application/octet-stream', 'model.onnx'),
    }),
    checksum: t.string({ description: 'SHA-256 of model.onnx.', resolve: ({ version }) => version.checksum }),
    cardJson: t.string({
      description: 'The card for programs: card.json, with the checks and the verdict of this moment.',
      resolve: ({ page }) => `${JSON.stringify(page, null, 2)}\n`,
    }),
    cardMarkdown: t.string({
      description: 'The card for people: card.md.',
      resolve: ({ page }) => writeCardPage(page),
    }),
  }),
});

const Input = builder.inputType('ExportModelInput', {
  description: 'What is taken elsewhere.',
  fields: (t) => ({ modelVersion: t.globalID({ for: ModelVersionNode, description: 'The version.' }) }),
});

builder.mutationField('exportModel', (t) =>
  t.field({
    type: defineResult('exportModel', Payload),
    description: 'Gives model.onnx with its card. It is written into the audit log.',
    extensions: { rule: 'project.see' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const version = await see<ModelVersion>(context, 'ModelVersion', input.modelVersion);
        const model = await see<Model>(context, 'Model', version.modelId);
        demand(actor, 'project.see', { projectId: model.projectId });
        const card = readCard(version.card);
        if (card === null) {
          throw new RequestError(
            'ConflictError',
            'MODEL_CARD_MISSING',
            `Version ${version.number} of "${model.name}" was made without a card.`,
            { subject: model.name, cure: 'Clone its training, and export what that makes.' },
          );
        }
        const run =
          version.trainingRunId === null
            ? null
            : await database.trainingRun.findUnique({ where: { id: version.trainingRunId } });
        const checks = (await checksOfVersions(database, [version.id])).get(version.id) ?? [];
        const organizationId = await organizationOf(context, model.projectId);
        await database.$transaction((tx) =>
          audit(tx, actor, {
            action: 'exportModel',
            organizationId,
            projectId: model.projectId,
            subjectType: 'ModelVersion',
            subjectId: version.id,
            details: { name: model.name, number: version.number },
          }),
        );
        const page: CardPage = {
          name: model.name,
          number: version.number,
          verdict: verdictOf(checks),
          checks,
          card,
          methods: run === null ? null : await methodsOfRun(database, run),
          checksum: version.checksum,
        };
        return { version, page };
      }),
  }),
);
