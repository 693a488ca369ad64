import { type APIRequestContext, expect } from '@playwright/test';
import { account } from './account.ts';
import type { JourneyServer } from './start-server.ts';

/** Signs the first account in; makes it where it is not there yet. */
export async function signIn(request: APIRequestContext, server: JourneyServer): Promise<void> {
  const token = new URL(server.firstAccountUrl).searchParams.get('token');
  const { name, lab, email, password } = account;
  // Refused, and rightly, from the second time on.
  await request.post(`${server.url}/api/auth/first-account`, {
    data: { token, name, email, password, organization: lab },
  });
  const signedIn = await request.post(`${server.url}/api/auth/sign-in/email`, {
    headers: { origin: server.url },
    data: { email, password },
  });
  expect(signedIn.status()).toBe(200);
}
