import type { Transaction } from '@cellmixer/database';
import { z } from 'zod';
import type { Context } from '../../graphql/context.ts';

/** How long an owner's link works. */
export const OWNER_DAYS = 14;

/** What is kept of the link by which somebody becomes the owner of a new lab. */
interface OwnerInvitation {
  readonly organizationId: string;
  readonly email: string;
  /** Of the link's token. */
  readonly tokenHash: string;
}

export async function inviteToOwn(
  tx: Transaction,
  { actor }: Context,
  invitation: OwnerInvitation,
): Promise<void> {
  await tx.invitation.create({
    data: {
      ...invitation,
      role: 'OWNER',
      invitedById: z.uuid().parse(actor.userId),
      expiresAt: new Date(Date.now() + OWNER_DAYS * 24 * 3600 * 1000),
    },
  });
}
