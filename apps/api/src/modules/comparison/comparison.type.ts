import type { Comparison } from '@cellmixer/database';
import { defineNode } from '../../graphql/node.ts';

export const ComparisonNode = defineNode<Comparison>('Comparison');

ComparisonNode.implement({
  description: 'Models over the same images, side by side.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    results: t.expose('results', {
      type: 'JSON',
      nullable: true,
      description: 'Metrics of each model and where they disagree; null until it is measured.',
    }),
  }),
});
