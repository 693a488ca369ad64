import type { SegmentationRun } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { watchNode } from '../../live/watch-node.ts';
import { SegmentationRunNode } from './segmentation-run.type.ts';

builder.subscriptionField('segmentationRunUpdated', (t) =>
  t.field({
    type: SegmentationRunNode,
    description: 'A segmentation run, whenever its status or progress changes.',
    extensions: { rule: 'project.see' },
    args: { segmentationRun: t.arg.globalID({ for: SegmentationRunNode, description: 'Which one.' }) },
    subscribe: (_root, { segmentationRun }, context) =>
      watchNode<SegmentationRun>(context, 'SegmentationRun', segmentationRun),
    resolve: ({ value }) => value,
  }),
);
