import type { TrainingRun } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { watchNode } from '../../live/watch-node.ts';
import { TrainingRunNode } from './training-run.type.ts';

builder.subscriptionField('trainingRunUpdated', (t) =>
  t.field({
    type: TrainingRunNode,
    description: 'A training, whenever its status or progress changes.',
    extensions: { rule: 'project.see' },
    args: { trainingRun: t.arg.globalID({ for: TrainingRunNode, description: 'Which one.' }) },
    subscribe: (_root, { trainingRun }, context) =>
      watchNode<TrainingRun>(context, 'TrainingRun', trainingRun),
    resolve: ({ value }) => value,
  }),
);
