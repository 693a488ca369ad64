import type { Context } from '../../graphql/context.ts';
import { loadTogether } from '../../graphql/request-loader.ts';

/** What a model version tells apart, in the order of its outputs, whoever may see the model itself. */
export function classesOf(context: Context, modelVersionId: string): Promise<readonly string[]> {
  return loadTogether(context, 'classes', modelVersionId, async (ids) => {
    const rows = await context.database.modelVersion.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, classes: true },
    });
    return new Map(rows.map((row) => [row.id, row.classes]));
  });
}
