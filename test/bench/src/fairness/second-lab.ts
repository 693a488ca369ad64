import { Lab, mutate } from '@cellmixer/api-client';
import { z } from 'zod';

const account = { name: 'Second', email: 'second@lab.example', password: 'another password for a bench' };

/** Another lab on the server of an operator, with an owner of its own who signs in. */
export async function addSecondLab(operator: Lab): Promise<Lab> {
  const { url } = operator.client;
  const { ownerLink } = await mutate(
    operator.client,
    'createOrganization',
    { name: 'Lab B', ownerEmail: account.email },
    'ownerLink',
    z.object({ ownerLink: z.url() }),
  );
  const response = await fetch(`${url}/api/auth/accept-invitation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: new URL(ownerLink).searchParams.get('token'),
      name: account.name,
      password: account.password,
    }),
  });
  if (response.status !== 201) throw new Error(`the second lab has no owner: ${await response.text()}`);
  return Lab.signIn(url, account);
}
