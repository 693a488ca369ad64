import { cookies } from 'next/headers';
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

/** What a link invites to; null where it has been used or is over. */
export async function readInvitation(token: string): Promise<OpenInvitation | null> {
  const url = `${readSettings().apiUrl}/api/auth/invitation?token=${encodeURIComponent(token)}`;
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(30_000) });
  return response.ok ? ((await response.json()) as OpenInvitation) : null;
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
