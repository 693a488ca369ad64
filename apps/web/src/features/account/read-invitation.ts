import { cookies } from 'next/headers';
import { ApiError } from '#api/api-error.ts';
import { read } from '#api/read.ts';
import { sessionCookie } from '#api/session-cookie.ts';
import { readSettings } from '#api/settings.ts';
import { graphql } from '#graphql';
import type { OrganizationRole } from '#graphql/graphql.ts';

export interface OpenInvitation {
  /** The only address that it is good for. */
  readonly email: string;
  readonly role: OrganizationRole;
  /** The lab's name. */
  readonly organization: string;
  readonly hasAccount: boolean;
}

/**
 * What a link invites to; null where it has been used or is over.
 *
 * @throws ApiError SERVICE_UNAVAILABLE where the API does not answer, or not to this
 */
export async function readInvitation(token: string): Promise<OpenInvitation | null> {
  const url = `${readSettings().apiUrl}/api/auth/invitation?token=${encodeURIComponent(token)}`;
  const away = (cause?: unknown) => new ApiError('SERVICE_UNAVAILABLE', 'The API does not answer', { cause });
  const options = { cache: 'no-store', signal: AbortSignal.timeout(30_000) } as const;
  const response = await fetch(url, options).catch((error: unknown) => {
    throw away(error);
  });
  if (response.ok) return (await response.json()) as OpenInvitation;
  // Only the API itself knows that it is over.
  if (response.status >= 500 || response.status === 429) throw away();
  return null;
}

const SignedInQuery = graphql(`
  query SignedIn { viewer { kind email } }
`);

/** The address of who is signed in; null where nobody is. */
export async function readSignedIn(): Promise<string | null> {
  if (sessionCookie((await cookies()).getAll()) === '') return null;
  const { viewer } = await read(SignedInQuery);
  return viewer.kind === 'person' ? viewer.email : null;
}
