import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '@cellmixer/database';
import { z } from 'zod';
import { emailShape } from '../graphql/email-shape.ts';
import { RequestError } from '../graphql/request-error.ts';
import type { Auth } from './create-auth.ts';
import { passwordShape } from './password-shape.ts';

const shape = z.strictObject({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  email: emailShape,
  password: passwordShape,
  organization: z.string().trim().min(1).max(100),
});

/** The way into an empty server: a token that is printed at its start, good for one account, its owner and lab. */
export class FirstAccount {
  readonly #database: Database;
  readonly #auth: Auth;
  #token: string | null;

  private constructor(database: Database, auth: Auth, token: string | null) {
    this.#database = database;
    this.#auth = auth;
    this.#token = token;
  }

  static async open(database: Database, auth: Auth): Promise<FirstAccount> {
    const people = await database.user.count();
    return new FirstAccount(database, auth, people === 0 ? randomBytes(24).toString('base64url') : null);
  }

  /** Null once somebody has an account. */
  get token(): string | null {
    return this.#token;
  }

  /** @throws ZodError, ForbiddenError where the token is wrong or used up */
  async create(body: unknown): Promise<{ readonly organizationId: string }> {
    const input = shape.parse(body);
    if (this.#token === null || !equal(this.#token, input.token)) {
      throw new RequestError('ForbiddenError', 'TOKEN_INVALID', 'This token is wrong or has been used.', {
        subject: 'token',
        cure: 'Take the address that the server printed at its last start.',
      });
    }
    const token = this.#token;
    // Used up before anything is made, so that two requests at once cannot both use it.
    this.#token = null;
    try {
      return await this.#make(input);
    } catch (error) {
      this.#token = token;
      throw error;
    }
  }

  async #make({ name, email, password, organization }: z.output<typeof shape>) {
    const { internalAdapter, password: passwords } = await this.#auth.$context;
    const user = await internalAdapter.createUser(
      { name, email, emailVerified: true },
      { method: 'email-password' },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: await passwords.hash(password),
    });
    return this.#database.$transaction(async (tx) => {
      await tx.user.update({ where: { id: user.id }, data: { operator: true } });
      const { id } = await tx.organization.create({
        data: { name: organization, members: { create: { userId: user.id, role: 'OWNER' } } },
      });
      await tx.auditEvent.create({
        data: {
          organizationId: id,
          userId: user.id,
          action: 'createFirstAccount',
          subjectType: 'Organization',
          subjectId: id,
          details: { name: organization },
        },
      });
      return { organizationId: id };
    });
  }
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
