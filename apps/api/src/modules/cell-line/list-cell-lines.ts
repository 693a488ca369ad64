import { byName, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { searchPattern } from '../../graphql/search-pattern.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { CellLineNode } from './cell-line.type.ts';

builder.queryField('cellLines', (t) =>
  t.connection({
    type: CellLineNode,
    description: `Cell lines of a lab by name, or those whose name or accession holds a text. ${pageWords}`,
    extensions: { rule: 'registry.see' },
    args: {
      organization: t.arg.globalID({ for: OrganizationNode }),
      search: t.arg.string({ required: false, description: 'Part of a name or accession.' }),
    },
    resolve: (_root, { organization, search, ...page }, context) => {
      const pattern = searchPattern(search ?? '');
      return rootList(
        context,
        {
          table: 'CellLine',
          where: Prisma.sql`t."organizationId" = ${organization.id}::uuid AND ${visible(context.actor, 'CellLine')}
            AND (t.name ILIKE ${pattern} OR t.accession ILIKE ${pattern})`,
          order: byName,
        },
        page,
      );
    },
  }),
);
