import { type CellLine, type PageRequest, Prisma } from '@cellmixer/database';
import type { Actor } from '../../access/actor.ts';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { readsOf } from '../../graphql/columns.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { CellLineUsage, countUsage } from './cell-line-usage.ts';

export const CellLineKindEnum = builder.enumType('CellLineKind', {
  description: 'Where the cells come from.',
  values: ['CELL_LINE', 'PRIMARY', 'OTHER'] as const,
});

export const GrowthEnum = builder.enumType('Growth', {
  description: 'How the cells grow.',
  values: ['ADHERENT', 'SUSPENSION', 'MIXED', 'UNKNOWN'] as const,
});

export const CellLineNode = defineNode<CellLine>('CellLine');
const reads = readsOf<CellLine>('CellLine');

CellLineNode.implement({
  description: 'A population that the lab knows by name: a cell line, primary cells, or something else.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the lab.' }),
    accession: t.exposeString('accession', { nullable: true, description: 'Cellosaurus accession, CVCL_….' }),
    colour: t.exposeString('colour', { description: 'Of overlays, #rrggbb.' }),
    kind: t.field({
      type: CellLineKindEnum,
      description: 'Where the cells come from. OTHER where only the name is shared.',
      resolve: reads(
        'organizationId',
        'kind',
      )((line, _args, { actor }) => (knows(actor, line) ? line.kind : 'OTHER')),
    }),
    species: inLab(t, 'species', 'Species.'),
    tissue: inLab(t, 'tissue', 'Tissue of origin.'),
    disease: inLab(t, 'disease', 'Disease of the donor.'),
    modification: inLab(t, 'modification', 'What was done to the cells, such as a reporter.'),
    donor: inLab(t, 'donor', 'Pseudonym of the donor.'),
    growth: t.field({
      type: GrowthEnum,
      description: 'How the cells grow. UNKNOWN where only the name is shared.',
      resolve: reads(
        'organizationId',
        'growth',
      )((line, _args, { actor }) => (knows(actor, line) ? line.growth : 'UNKNOWN')),
    }),
    parent: t.field({
      type: CellLineNode,
      nullable: true,
      description: 'The line that it was derived from. Null where only the name is shared.',
      resolve: reads(
        'organizationId',
        'parentId',
      )((line, _args, context) =>
        orNull(CellLineNode, context, knows(context.actor, line) ? line.parentId : null),
      ),
    }),
    derived: t.connection({
      type: CellLineNode,
      description: `Lines that were derived from it, newest first; none where only the name is shared. ${pageWords}`,
      resolve: reads(
        'id',
        'organizationId',
      )((line, args: PageRequest, context) => {
        const also = knows(context.actor, line) ? undefined : none;
        return listUnder(context, { ...newest('CellLine', 'parentId'), also }, line, args);
      }),
    }),
    usage: t.field({
      type: CellLineUsage,
      description: 'Where it is used, of what the asker may see.',
      resolve: reads('id')((line, _args, context) => countUsage(context, line.id)),
    }),
    viewerCanEdit: t.boolean({
      description: 'Whether the asker may change it.',
      resolve: reads('organizationId')(({ organizationId }, _args, { actor }) =>
        can(actor, 'registry.edit', { organizationId }),
      ),
    }),
    revision: t.exposeInt('revision', { description: 'Counts the changes; give it when you change it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
  }),
});

const none = Prisma.sql`false`;

type Fields = Parameters<NonNullable<Parameters<typeof CellLineNode.implement>[0]['fields']>>[0];

function knows(actor: Actor, { organizationId }: Pick<CellLine, 'organizationId'>): boolean {
  return can(actor, 'registry.see', { organizationId });
}

/** Another lab sees of a line what a share shows: name, accession, colour. */
function inLab(
  t: Fields,
  column: 'species' | 'tissue' | 'disease' | 'modification' | 'donor',
  description: string,
) {
  return t.string({
    nullable: true,
    description: `${description} Null where only the name is shared.`,
    resolve: reads(
      'organizationId',
      column,
    )((line, _args, { actor }) => (knows(actor, line) ? line[column] : null)),
  });
}
