import { type Database, Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';

interface SnapshotWarning {
  readonly code: 'FOREGROUND_MISSING' | 'FOREGROUND_NOT_ACCEPTED';
  readonly images: number;
  readonly message: string;
  readonly cure: string;
}

const CodeEnum = builder.enumType('SnapshotWarningCode', {
  description: 'What speaks for looking once more before a training.',
  values: {
    FOREGROUND_MISSING: { description: 'The cells of labelled images have not been found.' },
    FOREGROUND_NOT_ACCEPTED: { description: 'Nobody has accepted the masks of labelled images.' },
  } as const,
});

export const SnapshotWarningType = builder.objectRef<SnapshotWarning>('SnapshotWarning').implement({
  description: 'Something about a snapshot that is allowed, and worth knowing.',
  fields: (t) => ({
    code: t.expose('code', { type: CodeEnum, description: 'What it is.' }),
    images: t.exposeInt('images', { description: 'How many labelled images it is true of.' }),
    message: t.exposeString('message', { description: 'The same in words.' }),
    cure: t.exposeString('cure', { description: 'What can be done.' }),
  }),
});

interface Counts {
  readonly labelled: number;
  readonly missing: number;
  readonly open: number;
}

/** What is to be known of the masks in a snapshot: those of pure cultures are what a training learns from. */
export async function warningsOfSnapshot(database: Database, versionId: string): Promise<SnapshotWarning[]> {
  const [counts] = await database.$queryRaw<Counts[]>(Prisma.sql`
    SELECT count(*)::int AS labelled, (count(*) FILTER (WHERE "foregroundId" IS NULL))::int AS missing,
      (count(*) FILTER (WHERE "foregroundDecision" IN ('FOUND', 'TUNED')))::int AS open
    FROM "DatasetVersionItem" WHERE "versionId" = ${versionId}::uuid AND "cellLineId" IS NOT NULL`);
  if (counts === undefined) return [];
  const { labelled, missing, open } = counts;
  const warnings: SnapshotWarning[] = [];
  const of = (images: number) => `${images} of ${labelled} labelled ${labelled === 1 ? 'image' : 'images'}`;
  if (missing > 0) {
    warnings.push({
      code: 'FOREGROUND_MISSING',
      images: missing,
      message: `The cells of ${of(missing)} have not been found yet.`,
      cure: 'Wait until the foreground has been found, then take another snapshot.',
    });
  }
  if (open > 0) {
    warnings.push({
      code: 'FOREGROUND_NOT_ACCEPTED',
      images: open,
      message: `Nobody has accepted the cells found in ${of(open)}; a training takes them as they were found.`,
      cure: 'Look at the foreground, accept it or tune it, then take another snapshot. Or train on this one as it is.',
    });
  }
  return warnings;
}
