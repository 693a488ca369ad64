import type { ApiKey, Database } from '@cellmixer/database';
import { type Actor, anonymous } from '../access/actor.ts';
import { loadActor, type PersonOptions } from '../access/load-actor.ts';
import { loadReviewer } from '../access/load-reviewer.ts';
import { hashToken } from '../graphql/token.ts';
import type { Auth } from './create-auth.ts';

/** Who sends a request, and the row that proves it. */
export interface Identity {
  readonly person: PersonOptions;
  readonly proof: {
    readonly type: 'Session' | 'ApiKey';
    readonly id: string;
    readonly expiresAt: Date | null;
  };
}

/** Holds a reviewer's token in a browser; set by GET /api/review. */
export const REVIEWER_COOKIE = 'cellmixer_reviewer';

/**
 * Who sends a request: the owner of a session's cookie, of an API key, or the holder of a reviewer's link. Somebody
 * who is signed in and holds a link may look at that dataset too.
 */
export async function readActor(database: Database, auth: Auth, headers: Headers): Promise<Actor> {
  const token = reviewerToken(headers);
  const reviewer = token === undefined ? anonymous : await loadReviewer(database, token);
  const identity = await readIdentity(database, auth, headers);
  if (identity === null) return reviewer;
  const actor = await loadActor(database, identity.person);
  return actor.kind === 'person' ? { ...actor, reviewed: reviewer.reviewed } : actor;
}

function reviewerToken(headers: Headers): string | undefined {
  const told = /^Reviewer (\S{10,200})$/.exec(headers.get('authorization') ?? '')?.[1];
  if (told !== undefined) return told;
  const cookies = (headers.get('cookie') ?? '').split(/; */);
  return cookies
    .find((cookie) => cookie.startsWith(`${REVIEWER_COOKIE}=`))
    ?.slice(REVIEWER_COOKIE.length + 1);
}

/**
 * Reads the session or key that a request comes with; null where it has none that is valid.
 *
 * @param fresh looks at the session's row itself and leaves it as it is, for connections that live long
 */
export async function readIdentity(
  database: Database,
  auth: Auth,
  headers: Headers,
  fresh = false,
): Promise<Identity | null> {
  const bearer = /^Bearer (\S{10,200})$/.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return readKey(database, bearer);
  if (!headers.has('cookie')) return null;
  const query = fresh ? { disableCookieCache: true, disableRefresh: true } : {};
  const found = await auth.api.getSession({ headers, query });
  if (found === null) return null;
  const { id, expiresAt } = found.session;
  return { person: { userId: found.user.id }, proof: { type: 'Session', id, expiresAt } };
}

async function readKey(database: Database, key: string): Promise<Identity | null> {
  const row = await database.apiKey.findUnique({ where: { hash: hashToken(key) } });
  if (row === null || row.revokedAt !== null) return null;
  const { id, organizationId, projectId, scopes, expiresAt } = row;
  if (expiresAt !== null && expiresAt < new Date()) return null;
  await markUsed(database, row);
  return {
    person: { userId: row.userId, key: { id, organizationId, projectId, scopes } },
    proof: { type: 'ApiKey', id, expiresAt },
  };
}

/** Written once a minute at most. */
async function markUsed(database: Database, { id, lastUsedAt }: ApiKey): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < 60_000) return;
  await database.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } });
}
