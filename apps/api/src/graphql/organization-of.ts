import type { Context } from './context.ts';

/** The lab that a project belongs to. */
export async function organizationOf({ database }: Context, projectId: string): Promise<string> {
  const { organizationId } = await database.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { organizationId: true },
  });
  return organizationId;
}
