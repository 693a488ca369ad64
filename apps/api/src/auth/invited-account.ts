import type { Database } from '@cellmixer/database';
import { z } from 'zod';
import { RequestError } from '../graphql/request-error.ts';
import { join, openInvitation } from '../modules/invitation/join.ts';
import type { Auth } from './create-auth.ts';
import { passwordShape } from './password-shape.ts';

const shape = z.strictObject({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  password: passwordShape,
});

/**
 * Makes the account of somebody who was invited, and the membership with it: both or neither.
 *
 * @throws ZodError, ForbiddenError for a link that is over, ConflictError where the address has an account
 */
export async function createInvitedAccount(
  database: Database,
  auth: Auth,
  body: unknown,
): Promise<{ readonly email: string; readonly organizationId: string }> {
  const { token, name, password } = shape.parse(body);
  const { password: passwords } = await auth.$context;
  const hash = await passwords.hash(password);
  return database.$transaction(async (tx) => {
    const invitation = await openInvitation(tx, token);
    const { email, organizationId } = invitation;
    if ((await tx.user.count({ where: { email } })) > 0) {
      throw new RequestError('ConflictError', 'ACCOUNT_EXISTS', `${email} has an account already.`, {
        subject: email,
        cure: 'Sign in, then open the link again.',
      });
    }
    const user = await tx.user.create({ data: { name, email, emailVerified: true }, select: { id: true } });
    await tx.account.create({
      data: { userId: user.id, providerId: 'credential', accountId: user.id, password: hash },
    });
    await join(tx, invitation, user.id);
    return { email, organizationId };
  });
}

/** What the page behind the link shows: for whom and for what it is. @throws ForbiddenError for a link that is over */
export async function lookAtInvitation(database: Database, token: string) {
  return database.$transaction(async (tx) => {
    const { email, organizationId, role } = await openInvitation(tx, token);
    const lab = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
    const hasAccount = (await tx.user.count({ where: { email } })) > 0;
    return { email, role, organization: lab.name, hasAccount };
  });
}
