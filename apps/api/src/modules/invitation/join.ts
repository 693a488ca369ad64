import type { Invitation, Transaction } from '@cellmixer/database';
import { RequestError } from '../../graphql/request-error.ts';
import { hashToken } from '../../graphql/token.ts';

/** @throws ForbiddenError where the link is wrong, used, revoked or too old */
export async function openInvitation(tx: Transaction, token: string): Promise<Invitation> {
  const [invitation] = await tx.$queryRaw<Invitation[]>`
    SELECT * FROM "Invitation" WHERE "tokenHash" = ${hashToken(token)} AND "acceptedAt" IS NULL
      AND "revokedAt" IS NULL AND "expiresAt" > now() FOR UPDATE`;
  if (invitation !== undefined) return invitation;
  throw new RequestError(
    'ForbiddenError',
    'INVITATION_INVALID',
    'This invitation has been used, or is over.',
    {
      subject: 'token',
      cure: 'Ask whoever invited you for a new link.',
    },
  );
}

/** Makes the person a member with what the invitation gives; somebody who had left comes back. */
export async function join(tx: Transaction, invitation: Invitation, userId: string): Promise<void> {
  const { id, organizationId, role, projectId, projectRole } = invitation;
  const member = await tx.member.upsert({
    where: { organizationId_userId: { organizationId, userId } },
    create: { organizationId, userId, role },
    update: { role, removedAt: null },
  });
  if (projectId !== null && projectRole !== null) {
    await tx.projectGrant.upsert({
      where: { projectId_memberId: { projectId, memberId: member.id } },
      create: { projectId, memberId: member.id, role: projectRole },
      update: { role: projectRole },
    });
  }
  await tx.invitation.update({ where: { id }, data: { acceptedAt: new Date() } });
  await tx.auditEvent.create({
    data: {
      organizationId,
      projectId,
      userId,
      action: 'acceptInvitation',
      subjectType: 'Member',
      subjectId: member.id,
      details: { role },
    },
  });
}
