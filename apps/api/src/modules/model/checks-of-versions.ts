import { type Check, checksOf, type Judgement } from '@cellmixer/cellmixer/card';
import type { Database } from '@cellmixer/database';
import { readCard } from './read-card.ts';

interface Judged {
  readonly id: string;
  readonly classes: readonly string[];
  readonly card: unknown;
  readonly baselineCard: unknown;
  /** What was trained on the same with other seeds, oldest first. */
  readonly siblings: readonly { readonly seed: number; readonly card: unknown }[] | null;
  /** Of its null splits the one that told the most apart. */
  readonly nullSplit: { readonly line: string; readonly accuracy: number } | null;
}

/**
 * The five checks of model versions, made from what stands now: a baseline or a sibling that ends later counts from
 * then on.
 */
export async function checksOfVersions(
  database: Pick<Database, '$queryRaw'>,
  ids: readonly string[],
): Promise<Map<string, readonly Check[]>> {
  const versions = await database.$queryRaw<Judged[]>`
    SELECT v.id::text AS id, v.classes, v.card, baseline.card AS "baselineCard", (
      SELECT json_agg(json_build_object('seed', other.seed, 'card', o.card) ORDER BY o."createdAt")
      FROM "TrainingRun" other JOIN "ModelVersion" o ON o."trainingRunId" = other.id
      JOIN "Model" m ON m.id = o."modelId" AND m."deletedAt" IS NULL
      WHERE other."inputsHash" = run."inputsHash" AND other."projectId" = run."projectId"
        AND other.seed <> run.seed AND other."deletedAt" IS NULL) AS siblings, (
      SELECT json_build_object('accuracy', split."nullSplitAccuracy", 'line', line.name)
      FROM "TrainingRun" split JOIN "TrainingSource" source ON source."runId" = split.id
      JOIN "CellLine" line ON line.id = source."cellLineId"
      WHERE split."nullSplitOfId" = v.id AND split."nullSplitAccuracy" IS NOT NULL AND split."deletedAt" IS NULL
      ORDER BY split."nullSplitAccuracy" DESC LIMIT 1) AS "nullSplit"
    FROM "ModelVersion" v LEFT JOIN "TrainingRun" run ON run.id = v."trainingRunId"
    LEFT JOIN "TrainingRun" base ON base."baselineOfId" = run.id
    LEFT JOIN "ModelVersion" baseline ON baseline."trainingRunId" = base.id
    WHERE v.id = ANY(${[...ids]}::uuid[])`;
  return new Map(
    versions.map(({ id, classes, card: stored, baselineCard, siblings, nullSplit }) => {
      const card = readCard(stored);
      // The same seed again would be the same model: it counts once.
      const bySeed = new Map<number, Judgement>();
      for (const sibling of siblings ?? []) {
        const judgement = readCard(sibling.card)?.judgement;
        if (judgement) bySeed.set(sibling.seed, judgement);
      }
      const checks = checksOf({
        types: classes.length,
        method: card?.run.method ?? 'cellmixer',
        judgement: card?.judgement ?? null,
        problem: card?.judgementProblem ?? null,
        baseline: readCard(baselineCard)?.judgement ?? null,
        siblings: [...bySeed.values()],
        nullSplit,
      });
      return [id, checks];
    }),
  );
}
