import { Lab, mutate } from '@cellmixer/api-client';
import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';
import { account } from './journey.ts';
import type { JourneyServer } from './start-server.ts';

/** Somebody besides the first account. */
export interface OtherPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** A browser of its own, without the cookies of the first; close its context at the end. */
export async function openBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  return context.newPage();
}

/** A browser in which somebody is signed in. */
export async function openAs(browser: Browser, server: JourneyServer, person: OtherPerson): Promise<Page> {
  const page = await openBrowser(browser);
  const { email, password } = person;
  const signIn = () =>
    page.request.post(`${server.url}/api/auth/sign-in/email`, {
      headers: { origin: server.url },
      data: { email, password },
    });
  let answer = await signIn();
  // Others of this run have signed in a moment ago; that is refused for some seconds.
  while (answer.status() === 429) {
    await page.waitForTimeout(2000);
    answer = await signIn();
  }
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()}`);
  return page;
}

/** Makes another lab with its owner, over the API as the operator. */
export async function foundLab(server: JourneyServer, name: string, owner: OtherPerson): Promise<void> {
  const operator = await Lab.signIn(server.url, account);
  const { ownerLink } = await mutate(
    operator.client,
    'createOrganization',
    { name, ownerEmail: owner.email },
    'ownerLink',
    z.object({ ownerLink: z.string() }),
  );
  await acceptInvitation(server, ownerLink, owner);
}

/** Makes a colleague of the first account, with a role in one project, over the API. */
export async function addColleague(lab: Lab, server: JourneyServer, project: string, person: OtherPerson) {
  const { link } = await mutate(
    lab.client,
    'invite',
    {
      organization: lab.organization,
      email: person.email,
      role: 'MEMBER',
      project,
      projectRole: 'MANAGER',
    },
    'link',
    z.object({ link: z.string() }),
  );
  await acceptInvitation(server, link, person);
}

/** Makes the account that an invitation is for. */
export async function acceptInvitation(
  server: JourneyServer,
  link: string,
  person: OtherPerson,
): Promise<void> {
  const token = new URL(link).searchParams.get('token');
  const { name, password } = person;
  const answer = await fetch(`${server.url}/api/auth/accept-invitation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token, name, password }),
  });
  if (answer.status !== 201) throw new Error(`${person.email} could not join: ${await answer.text()}`);
}
