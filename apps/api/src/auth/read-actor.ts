import type { ApiKey, Database } from '@cellmixer/database';
import { type Actor, anonymous } from '../access/actor.ts';
import { loadActor } from '../access/load-actor.ts';
import { hashToken } from '../graphql/token.ts';
import type { Auth } from './create-auth.ts';

/** Who sends a request: the owner of a session's cookie, or of an API key. */
export async function readActor(database: Database, auth: Auth, headers: Headers): Promise<Actor> {
  const bearer = /^Bearer (\S{10,200})$/.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return readKey(database, bearer);
  if (!headers.has('cookie')) return anonymous;
  const session = await auth.api.getSession({ headers });
  return session === null ? anonymous : loadActor(database, { userId: session.user.id });
}

async function readKey(database: Database, key: string): Promise<Actor> {
  const row = await database.apiKey.findUnique({ where: { hash: hashToken(key) } });
  if (row === null || row.revokedAt !== null) return anonymous;
  if (row.expiresAt !== null && row.expiresAt < new Date()) return anonymous;
  await markUsed(database, row);
  return loadActor(database, {
    userId: row.userId,
    key: { id: row.id, organizationId: row.organizationId, projectId: row.projectId, scopes: row.scopes },
  });
}

/** Written once a minute at most. */
async function markUsed(database: Database, { id, lastUsedAt }: ApiKey): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < 60_000) return;
  await database.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } });
}
