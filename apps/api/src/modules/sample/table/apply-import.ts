import type { Transaction } from '@cellmixer/database';
import { colourFor } from '../../cell-line/cell-line-shape.ts';
import type { ImportPlan, PlannedSample } from './plan-import.ts';

interface Place {
  readonly organizationId: string;
  readonly projectId: string;
  readonly userId: string;
}

/** Rows of one statement. */
const PACK = 1000;

/**
 * Writes what was planned: lines, samples, what was seeded, and which images show them.
 *
 * @returns the images whose lines may be others now
 */
export async function applyImport(tx: Transaction, plan: ImportPlan, place: Place): Promise<string[]> {
  const newLines = await registerLines(tx, plan.newLines, place);
  const ids = await writeSamples(tx, plan.samples, place);
  const idOf = (sample: PlannedSample) => sample.id ?? ids.get(sample.name) ?? '';
  const reseeded = plan.samples.filter((sample) => sample.lines !== null || sample.id === null);
  await tx.$executeRaw`DELETE FROM "SampleLine" WHERE "sampleId" = ANY(${reseeded.map(idOf)}::uuid[])`;
  const seeded = reseeded.flatMap((sample) =>
    (sample.lines ?? []).map(({ cellLineId, name, fraction }) => ({
      sampleId: idOf(sample),
      cellLineId: cellLineId ?? newLines.get(name.toLowerCase()) ?? '',
      fraction,
    })),
  );
  for (let at = 0; at < seeded.length; at += PACK)
    await tx.sampleLine.createMany({ data: seeded.slice(at, at + PACK) });
  const shown = plan.samples.flatMap((sample) =>
    sample.imageIds.map((image) => [image, idOf(sample)] as const),
  );
  await tx.$executeRaw`
    UPDATE "Image" i SET "sampleId" = n.sample
    FROM unnest(${shown.map(([image]) => image)}::uuid[], ${shown.map(([, sample]) => sample)}::uuid[]) AS n(image, sample)
    WHERE i.id = n.image`;
  const affected = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Image" WHERE "deletedAt" IS NULL AND ("sampleId" = ANY(${reseeded.map(idOf)}::uuid[])
      OR id = ANY(${shown.map(([image]) => image)}::uuid[]))`;
  return affected.map(({ id }) => id);
}

async function registerLines(
  tx: Transaction,
  names: readonly string[],
  { organizationId, userId }: Place,
): Promise<Map<string, string>> {
  const count = names.length === 0 ? 0 : await tx.cellLine.count({ where: { organizationId } });
  const made = await tx.cellLine.createManyAndReturn({
    data: names.map((name, i) => ({
      organizationId,
      name,
      colour: colourFor(count + i),
      createdById: userId,
    })),
    select: { id: true, name: true },
  });
  return new Map(made.map(({ id, name }) => [name.toLowerCase(), id]));
}

/** @returns ids by name of samples that were made, or taken back from the deleted ones of the same name */
async function writeSamples(
  tx: Transaction,
  samples: readonly PlannedSample[],
  { projectId, userId }: Place,
): Promise<Map<string, string>> {
  const fresh = samples.filter((sample) => sample.id === null);
  for (let at = 0; at < fresh.length; at += PACK) {
    await tx.sample.createMany({
      data: fresh.slice(at, at + PACK).map(({ name }) => ({ projectId, name, createdById: userId })),
      skipDuplicates: true,
    });
  }
  const rows = JSON.stringify(samples.map(({ name, fields }) => ({ name, ...fields })));
  const written = await tx.$queryRaw<{ id: string; name: string }[]>`
    UPDATE "Sample" s SET plate = n.plate, well = n.well, replicate = n.replicate, passage = n.passage,
      treatment = n.treatment, dose = n.dose, "doseUnit" = n."doseUnit", "timePoint" = n."timePoint",
      control = n.control::"ControlRole", "deletedAt" = NULL, "updatedAt" = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS n(name text, plate text, well text, replicate text, passage int,
      treatment text, dose float8, "doseUnit" text, "timePoint" float8, control text)
    WHERE s."projectId" = ${projectId}::uuid AND s.name = n.name
    RETURNING s.id, s.name`;
  return new Map(written.map(({ id, name }) => [name, id]));
}
