import { type Check, checksOf, type Judgement } from '@cellmixer/cellmixer/card';
import type { Database } from '@cellmixer/database';
import { readCard } from './read-card.ts';

/**
 * The five checks of model versions, made from what stands now: a baseline or a sibling that ends later counts from
 * then on.
 */
export async function checksOfVersions(
  database: Pick<Database, 'modelVersion'>,
  ids: readonly string[],
): Promise<Map<string, readonly Check[]>> {
  const versions = await database.modelVersion.findMany({
    where: { id: { in: [...ids] } },
    include: { trainingRun: { include: { baseline: { include: { version: true } } } } },
  });
  const hashes = versions.flatMap(({ trainingRun }) => trainingRun?.inputsHash ?? []);
  const siblings = await database.modelVersion.findMany({
    where: { trainingRun: { inputsHash: { in: hashes }, deletedAt: null }, model: { deletedAt: null } },
    select: {
      id: true,
      card: true,
      trainingRun: { select: { inputsHash: true, projectId: true, seed: true } },
    },
    orderBy: { createdAt: 'asc' },
  });
  return new Map(
    versions.map(({ id, classes, card: stored, trainingRun }) => {
      const card = readCard(stored);
      const bySeed = new Map<number, Judgement>();
      for (const { card: other, trainingRun: run } of siblings) {
        const judgement = readCard(other)?.judgement;
        const same = run?.inputsHash === trainingRun?.inputsHash && run?.projectId === trainingRun?.projectId;
        // The same seed again would be the same model: it counts once.
        if (judgement && run && same && run.seed !== trainingRun?.seed) bySeed.set(run.seed, judgement);
      }
      const checks = checksOf({
        types: classes.length,
        method: card?.run.method ?? 'cellmixer',
        judgement: card?.judgement ?? null,
        problem: card?.judgementProblem ?? null,
        baseline: readCard(trainingRun?.baseline?.version?.card)?.judgement ?? null,
        siblings: [...bySeed.values()],
        nullSplit: null,
      });
      return [id, checks];
    }),
  );
}
