import { Prisma, type User } from '@cellmixer/database';
import { LoadedRef } from '../../graphql/loaded-ref.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/**
 * Somebody, as the asker may know them: people of the asker's own labs by name, and everybody else, those who have
 * left included, by a pseudonym that stays the same.
 */
export const Person = new LoadedRef<Shown>('Person', async (ids, { actor, database }) => {
  const labs = [...actor.organizations.keys()];
  const rows = await database.$queryRaw<(Pick<User, 'id' | 'name' | 'email'> & { known: boolean })[]>(
    // One by one: as EXISTS, all members of the labs would be read to know a few.
    Prisma.sql`SELECT u.id, u.name, u.email, (u.id = ${actor.userId}::uuid OR coalesce((SELECT true FROM "Member" m
        WHERE m."userId" = u.id AND m."removedAt" IS NULL AND m."organizationId" = ANY(${labs}::uuid[]) LIMIT 1), false))
        AS known FROM "User" u WHERE u.id = ANY(${[...ids]}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row?.known === true) return row;
    return { id, name: `Person ${id.slice(-4)}`, email: null };
  });
});

Person.implement({
  description: 'Somebody with an account; by a pseudonym where the asker shares no lab with them any more.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the person gave it.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Where invitations and resets go; null for people outside the asker’s labs.',
    }),
  }),
});
