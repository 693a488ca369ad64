import type { Problem } from '#api/problem.ts';

/** Sends to `/api/auth/…`. Gives why it was refused, or null. */
export async function postAuth(
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Problem | null> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    if (response.status === 429) return TOO_OFTEN;
    const said: Partial<Problem> = await response.json();
    return {
      code: said.code ?? 'INTERNAL',
      message: said.message ?? 'The server refused it.',
      cure: said.cure ?? null,
      subject: said.subject ?? null,
    };
  } catch {
    return UNREACHABLE;
  }
}

const TOO_OFTEN: Problem = {
  code: 'TOO_MANY_TRIES',
  message: 'That was tried too often.',
  cure: 'Wait a minute, then try once more.',
  subject: null,
};

const UNREACHABLE: Problem = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The server did not answer.',
  cure: 'Check the connection and try again.',
  subject: null,
};
