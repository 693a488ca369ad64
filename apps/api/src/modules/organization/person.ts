import { Prisma, type User } from '@cellmixer/database';
import { placesOf } from '../../access/can.ts';
import { LoadedRef } from '../../graphql/loaded-ref.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/**
 * Somebody, as the asker may know them: people of the asker's own labs by name, and by address where the asker is more
 * than a guest; everybody else, those who have left included, by a pseudonym that stays the same.
 */
export const Person = new LoadedRef<Shown>('Person', async (ids, { actor, database }) => {
  const labs = placesOf(actor, 'organization.see').organizations;
  const withAddresses = new Set(placesOf(actor, 'addresses.see').organizations);
  const rows = await database.$queryRaw<
    (Pick<User, 'id' | 'name' | 'email'> & { shared: string[] | null })[]
  >(
    // One by one: joined, all members of the labs would be read to know a few.
    Prisma.sql`SELECT u.id, u.name, u.email, (SELECT array_agg(m."organizationId"::text) FROM "Member" m
        WHERE m."userId" = u.id AND m."removedAt" IS NULL AND m."organizationId" = ANY(${labs}::uuid[])) AS shared
      FROM "User" u WHERE u.id = ANY(${[...ids]}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    const isSelf = id === actor.userId;
    if (row === undefined || !(isSelf || row.shared)) {
      return { id, name: `Person ${id.slice(-4)}`, email: null };
    }
    const mayWrite = isSelf || row.shared?.some((lab) => withAddresses.has(lab));
    return { id, name: row.name, email: mayWrite === true ? row.email : null };
  });
});

Person.implement({
  description: 'Somebody with an account; by a pseudonym where the asker shares no lab with them any more.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the person gave it.' }),
    email: t.exposeString('email', {
      nullable: true,
      description:
        'Where invitations and resets go. Shown to the person and to members of the same lab; null for guests of the lab and for people outside.',
    }),
  }),
});
