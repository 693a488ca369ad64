import type { Database } from '@cellmixer/database';

export interface SegmentationSpeed {
  /** Seconds that a megapixel takes, tenth and ninetieth percentile of the pictures that were measured. */
  readonly low: number;
  readonly high: number;
  /** Pictures that were under way together, on average. */
  readonly together: number;
}

/**
 * How fast this server's workers segmented the last hundred pictures, of whomever: figures alone. Null below three.
 */
export async function segmentationSpeed(database: Database): Promise<SegmentationSpeed | null> {
  const rows = await database.$queryRaw<{ start: number; end: number; megapixels: number }[]>`
    SELECT extract(epoch FROM j."startedAt")::float8 AS start, extract(epoch FROM j."finishedAt")::float8 AS end,
      i.width::float8 * i.height / 1e6 AS megapixels
    FROM "Job" j JOIN "Segmentation" s ON s.id = j."subjectId" JOIN "Image" i ON i.id = s."imageId"
    WHERE j.kind = 'SEGMENT' AND j.status = 'SUCCEEDED' AND j.attempt = 1 AND i.width IS NOT NULL
    ORDER BY j."finishedAt" DESC LIMIT 100`;
  if (rows.length < 3) return null;
  const rates = rows.map(({ start, end, megapixels }) => (end - start) / megapixels).sort((a, b) => a - b);
  const at = (share: number) => rates[Math.round(share * (rates.length - 1))] ?? 0;
  const busy = rows.reduce((sum, { start, end }) => sum + end - start, 0);
  return { low: at(0.1), high: at(0.9), together: Math.max(1, busy / coveredSeconds(rows)) };
}

/** Seconds in which at least one was under way. */
function coveredSeconds(spans: readonly { readonly start: number; readonly end: number }[]): number {
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return covered || 1;
}
