import { type Database, Prisma, readRows } from '@cellmixer/database';
import type { prismaAdapter } from 'better-auth/adapters/prisma';

type Adapter = ReturnType<ReturnType<typeof prismaAdapter>>;
type Question = Parameters<Adapter['findOne']>[0];

/** Has a session and whose it is, which every request of a person asks for, read by one statement instead of two. */
export function readSessionsAtOnce(adapter: Adapter, database: Database): Adapter {
  return {
    ...adapter,
    async findOne<Found>(question: Question): Promise<Found | null> {
      const token = tokenOf(question);
      if (token === null) return adapter.findOne<Found>(question);
      // What better-auth asks a session for with its join: the session's fields, and its user's in `user`.
      return (await findSession(database, token)) as Found | null;
    },
  };
}

/** The token of a question for one session and its user; null of any other. */
function tokenOf({ model, where, select, join }: Question): string | null {
  const [by, ...others] = where;
  if (model !== 'session' || select !== undefined || join?.user !== true) return null;
  if (by?.field !== 'token' || typeof by.value !== 'string' || others.length > 0) return null;
  return by.operator === undefined || by.operator === 'eq' ? by.value : null;
}

interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly image: string | null;
  readonly userCreatedAt: Date;
  readonly userUpdatedAt: Date;
}

async function findSession(database: Database, token: string): Promise<object | null> {
  const [row] = await readRows<SessionRow>(
    database,
    Prisma.sql`SELECT s.*, u.name, u.email, u."emailVerified", u.image, u."createdAt" AS "userCreatedAt",
      u."updatedAt" AS "userUpdatedAt" FROM "Session" s JOIN "User" u ON u.id = s."userId" WHERE s.token = ${token}`,
  );
  if (row === undefined) return null;
  const { name, email, emailVerified, image, userCreatedAt, userUpdatedAt, ...session } = row;
  const times = { createdAt: userCreatedAt, updatedAt: userUpdatedAt };
  return { ...session, user: { id: row.userId, name, email, emailVerified, image, ...times } };
}
