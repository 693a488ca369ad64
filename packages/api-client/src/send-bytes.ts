import { setTimeout as pause } from 'node:timers/promises';
import { put } from './put.ts';

export interface ByteTicket {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Tries of one request. */
const TRIES = 5;
/** Answers after which the same bytes may be taken a moment later. */
const BUSY = [408, 429, 500, 502, 503, 504];

/** Puts bytes where a ticket says; again, later each time, where the bucket is busy or away. @returns why not, or null */
export async function sendBytes(
  { url, headers }: ByteTicket,
  body: Blob | Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const named = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  for (let attempt = 1; ; attempt++) {
    const { problem, again, seconds } = await tryOnce(url, named, body, signal);
    if (problem === null || !again || attempt === TRIES) return problem;
    await pause(
      1000 * (seconds ?? 0.5 * 2 ** (attempt - 1)),
      undefined,
      signal === undefined ? {} : { signal },
    );
  }
}

async function tryOnce(
  url: string,
  headers: Record<string, string>,
  body: Blob | Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<{ problem: string | null; again: boolean; seconds: number | null }> {
  try {
    const { status, text, retryAfter } = await put(url, headers, body, signal);
    if (status >= 200 && status < 300) return { problem: null, again: false, seconds: null };
    const said = /<Message>([^<]*)/.exec(text)?.[1];
    const asked = Number(retryAfter);
    return {
      problem: `the bucket answered ${status}${said === undefined ? '' : `: ${said}`}`,
      again: BUSY.includes(status),
      seconds: asked > 0 ? Math.min(asked, 60) : null,
    };
  } catch (error) {
    signal?.throwIfAborted();
    return { problem: `the bucket cannot be reached: ${wordsOf(error)}`, again: true, seconds: null };
  }
}

/** Of a name with several addresses, none of which answers, the error has a code alone. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
