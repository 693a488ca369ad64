import type { Transaction } from '@cellmixer/database';
import { RequestError } from '../../graphql/request-error.ts';

const MOST = 200;

/** Makes exactly these people the team's. @throws ValidationError for somebody who is not in the lab */
export async function setPeople(
  tx: Transaction,
  team: { readonly id: string; readonly organizationId: string },
  memberIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(memberIds)];
  if (wanted.length > MOST) {
    throw new RequestError('ValidationError', 'TEAM_TOO_LARGE', `A team has ${MOST} people at most.`, {
      subject: 'members',
    });
  }
  const found = await tx.member.count({
    where: { id: { in: wanted }, organizationId: team.organizationId, removedAt: null },
  });
  if (found !== wanted.length) {
    throw new RequestError('ValidationError', 'MEMBER_OF_OTHER_LAB', 'Somebody named is not in this lab.', {
      subject: 'members',
      cure: 'Invite the person into the lab first.',
    });
  }
  await tx.teamMember.deleteMany({ where: { teamId: team.id } });
  await tx.teamMember.createMany({ data: wanted.map((memberId) => ({ teamId: team.id, memberId })) });
}
