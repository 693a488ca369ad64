import { addTypenameToDocument } from '@apollo/client/utilities';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { cookies, headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { ApiError } from './api-error.ts';
import { sessionCookie } from './session-cookie.ts';
import { readSettings } from './settings.ts';

const texts = new WeakMap<object, string>();

/**
 * Reads from the API on the portal's server as the one who asks, for server components. Whoever is not signed in is
 * sent to do so and comes back; whoever may not see it, or asks for what is not there, gets the page that says so.
 *
 * @throws ApiError SERVICE_UNAVAILABLE where the API does not answer, else with the code that it gave
 */
export async function read<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  ...[variables]: Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]
): Promise<Data> {
  const cookie = sessionCookie((await cookies()).getAll());
  const asked = await headers();
  if (cookie === '') signIn(asked);
  const answer = await send(textOf(document), variables ?? {}, cookie, asked.get('x-request-id'));
  const problem = answer.errors?.[0];
  if (problem !== undefined) {
    const code = String(problem.extensions?.code ?? 'INTERNAL');
    if (code === 'ACTOR_UNKNOWN') signIn(asked);
    if (code === 'ACTION_FORBIDDEN') forbidden();
    if (code === 'ID_INVALID' || code.endsWith('_NOT_FOUND')) notFound();
    throw new ApiError(code, problem.message);
  }
  return answer.data as Data;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

async function send(query: string, variables: object, cookie: string, id: string | null): Promise<Answer> {
  try {
    const response = await fetch(`${readSettings().apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...(id === null ? {} : { 'x-request-id': id }) },
      body: JSON.stringify({ query, variables }),
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
    });
    return (await response.json()) as Answer;
  } catch (cause) {
    throw new ApiError('SERVICE_UNAVAILABLE', 'The API does not answer', { cause });
  }
}

function signIn(asked: Headers): never {
  redirect(`/sign-in?to=${encodeURIComponent(asked.get('x-path') ?? '/')}`);
}

/** With `__typename` everywhere, so that the browser's cache can take what the server has read. */
function textOf(document: TypedDocumentNode<unknown, never> | TypedDocumentNode): string {
  let text = texts.get(document);
  if (text === undefined) {
    text = print(addTypenameToDocument(document));
    texts.set(document, text);
  }
  return text;
}
