import { Prisma } from '@cellmixer/database';
import type { Actor } from './actor.ts';
import { can, placesOf } from './can.ts';
import { type SparingType, wasShown } from './shown.ts';
import { anyOf, homes, isDeletable, type NodeType, visible } from './visible.ts';

/** Types whose rule says no more than that the row is seen which a column names, and of which type that is. */
const seenWith: Partial<Record<NodeType, Readonly<Record<string, SparingType>>>> = {
  Image: { datasetId: 'Dataset' },
  DatasetVersion: { datasetId: 'Dataset' },
  // On a contact sheet stand masks of the dataset's own pictures, none of which is deleted.
  Foreground: { imageId: 'Image', contactSheetId: 'Dataset' },
  Annotation: { imageId: 'Image' },
  ModelVersion: { modelId: 'Model' },
  Evaluation: { modelVersionId: 'ModelVersion' },
  Export: { segmentationRunId: 'SegmentationRun' },
  DatasetShare: { projectId: 'Project' },
};

const everything = Prisma.sql`true`;
const nothing = Prisma.sql`false`;
const notDeleted = Prisma.sql`t."deletedAt" IS NULL`;

/**
 * The condition over `t` that holds for the rows of a type below a parent that the actor may see: the type's rule, less
 * what is known since the parent was read by its own rule. Of a parent that was not, the whole rule.
 *
 * @param column that holds the parent's id
 * @param parent the row as it was read
 */
export function visibleBelow(actor: Actor, type: NodeType, column: string, parent: object): Prisma.Sql {
  const parentType = seenWith[type]?.[column];
  if (parentType !== undefined && wasShown(actor, parentType, parent))
    return isDeletable(type) ? notDeleted : everything;
  if (column !== 'datasetId' || !wasShown(actor, 'Dataset', parent) || !isOfProject(parent))
    return visible(actor, type);
  const { projectId } = parent;
  switch (homes[type]) {
    // The lender's people see all shares of a dataset, the others those with their own projects.
    case 'share':
      return can(actor, 'project.see', { projectId })
        ? everything
        : anyOf('projectId', placesOf(actor, 'project.see').projects);
    case 'dataset, managed':
      return can(actor, 'project.manage', { projectId }) ? everything : nothing;
    default:
      return visible(actor, type);
  }
}

function isOfProject(row: object): row is { readonly projectId: string } {
  return 'projectId' in row && typeof row.projectId === 'string';
}
