import type { DatasetShare, Transaction } from '@cellmixer/database';
import { notify } from '@cellmixer/jobs';
import type { Actor } from '../../access/actor.ts';
import { audit } from '../../graphql/audit.ts';

/** Both sides of a share, for what is told and noted on each. */
export async function partiesOf(
  tx: Transaction,
  { datasetId, projectId }: Pick<DatasetShare, 'datasetId' | 'projectId'>,
) {
  const dataset = await tx.dataset.findUniqueOrThrow({
    where: { id: datasetId },
    include: { project: { include: { organization: true } } },
  });
  const project = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    include: { organization: true },
  });
  return { dataset, lender: dataset.project, borrower: project };
}

type Parties = Awaited<ReturnType<typeof partiesOf>>;

/** Notes in both labs what became of a share. */
export async function auditShare(
  tx: Transaction,
  actor: Actor,
  action: string,
  shareId: string,
  { dataset, lender, borrower }: Parties,
): Promise<void> {
  const details = { dataset: dataset.name, to: `${borrower.organization.name}: ${borrower.name}` };
  for (const side of [lender, borrower]) {
    await audit(tx, actor, {
      action,
      organizationId: side.organizationId,
      projectId: side.id,
      subjectType: 'DatasetShare',
      subjectId: shareId,
      details,
    });
  }
}

/** Tells the managers of one side. */
export async function tellManagers(
  tx: Transaction,
  side: Parties['lender'] | Parties['borrower'],
  news: { readonly kind: string; readonly shareId: string; readonly text: string },
): Promise<void> {
  const members = await tx.member.findMany({
    where: {
      organizationId: side.organizationId,
      removedAt: null,
      OR: [
        { role: { in: ['OWNER', 'ADMIN'] } },
        { projectRoles: { some: { projectId: side.id, role: 'MANAGER' } } },
        { teams: { some: { team: { projectRoles: { some: { projectId: side.id, role: 'MANAGER' } } } } } },
      ],
    },
    select: { userId: true },
  });
  await notify(tx, {
    organizationId: side.organizationId,
    userIds: members.map((member) => member.userId),
    kind: news.kind,
    subjectType: 'DatasetShare',
    subjectId: news.shareId,
    text: news.text,
  });
}
